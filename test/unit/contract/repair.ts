import type { Schema } from './document';

type Rule = (schema: Schema) => { readonly says: string; readonly schema: Schema } | undefined;

/**
 * What the published schemas mean but do not say, so that a validator lets nonsense pass. None of these makes an answer
 * wrong that follows the documentation.
 */
const RULES: readonly Rule[] = [
  // Without a type, `properties` says nothing about a number or a string.
  (schema) =>
    'properties' in schema && !('type' in schema)
      ? { says: 'type: object added', schema: { ...schema, type: 'object' } }
      : undefined,
  // A length of text, on a list.
  ({ minLength, ...schema }) =>
    minLength !== undefined && schema.type !== 'string'
      ? { says: 'minLength became minItems', schema: { ...schema, minItems: minLength } }
      : undefined,
  // An answer that describes its result has one.
  (schema) => {
    const { properties, required = [] } = schema as { properties?: object; required?: readonly string[] };
    if (properties === undefined || !('result' in properties) || required.includes('result')) return undefined;
    return { says: 'result made required', schema: { ...schema, required: [...required, 'result'] } };
  },
  // OpenAPI 3.0.3: null must be in the list as well.
  (schema) =>
    schema.nullable === true && Array.isArray(schema.enum) && !schema.enum.includes(null)
      ? { says: 'null added to enum', schema: { ...schema, enum: [...schema.enum, null] } }
      : undefined,
];

/**
 * A repaired copy of a schema, everything inside included.
 *
 * @param where names the place in `onRepair`
 */
export function repair(schema: Schema, where: string, onRepair: (what: string) => void): Schema {
  const inside = mapSchemas(schema, where, (part, place) => repair(part, place, onRepair));
  return RULES.reduce((current, rule) => {
    const repaired = rule(current);
    if (repaired !== undefined) onRepair(`${where}: ${repaired.says}`);
    return repaired?.schema ?? current;
  }, inside);
}

/**
 * The same schema without room for unknown names, so that a misspelt field of a request is noticed. Parts of an `allOf`
 * stay open: each of them sees the names of the others.
 */
export function closed(schema: Schema): Schema {
  const inside = mapSchemas(schema, '', (part, place) => (place.startsWith('/allOf/') ? part : closed(part)));
  return 'properties' in inside && !('additionalProperties' in inside)
    ? { ...inside, additionalProperties: false }
    : inside;
}

/** Applies a change to every schema directly inside a schema; never to examples, which look like schemas. */
function mapSchemas(schema: Schema, where: string, change: (part: Schema, place: string) => Schema): Schema {
  const one = (value: unknown, place: string) => change(value as Schema, place);
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      const place = `${where}/${name}`;
      if (name === 'properties') {
        const parts = Object.entries(value as object).map(([key, part]) => [key, one(part, `${place}/${key}`)]);
        return [name, Object.fromEntries(parts)];
      }
      if (name === 'allOf' || name === 'anyOf' || name === 'oneOf') {
        return [name, (value as readonly unknown[]).map((part, index) => one(part, `${place}/${index}`))];
      }
      return [name, name === 'items' || name === 'not' ? one(value, place) : value];
    }),
  );
}
