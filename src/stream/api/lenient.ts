import * as v from 'valibot';

/** A field that is as good as absent when it has another type than documented. */
export function lenient<S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.nullish(schema), undefined);
}

export const text = lenient(v.string());
