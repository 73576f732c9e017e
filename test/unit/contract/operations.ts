import { Ajv, type Options, type ValidateFunction } from 'ajv';
import type { PublishedContract, PublishedOperation, Schema } from './document';
import { closed, repair } from './repair';

export type Check = ValidateFunction;

/** The schema of one kind of body. Without one (`undefined`), the contract says nothing about it. */
export interface Body {
  readonly mediaType: string;
  readonly check: Check | undefined;
}

/** An operation of the contract, compiled. */
export interface Operation {
  /** E.g. `POST /accounts/{account_id}/stream/{identifier}/token`. */
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** How many parts of the path are not fixed. */
  readonly variables: readonly string[];
  readonly pathCheck: Check;
  /** Takes values as text, as they stand in a URL. */
  readonly queryCheck: Check;
  readonly requestBody: (Body & { readonly required: boolean }) | undefined;
  /** By `200` and `4XX`. */
  readonly answers: ReadonlyMap<string, Body>;
  readonly security: readonly (readonly string[])[];
}

export interface CompiledContract {
  readonly operations: readonly Operation[];
  /** What was repaired, one line each. */
  readonly repairs: readonly string[];
}

/** Compiles every schema of every operation. Throws when one does not compile: it would check nothing. */
export function compileContract(published: PublishedContract): CompiledContract {
  const repairs: string[] = [];
  const schemas = Object.entries(published.components.schemas).map(
    ([name, schema]) => [name, repair(schema, name, (what) => repairs.push(what))] as const,
  );
  const answers = validator(schemas, {});
  const requests = validator(
    schemas.map(([name, schema]) => [name, closed(schema)] as const),
    {},
  );
  const parameters = validator(schemas, { coerceTypes: true });
  const operations = Object.entries(published.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const name = `${method.toUpperCase()} ${path}`;
      const repaired = (schema: Schema) => withNames(repair(schema, name, (what) => repairs.push(what)));
      const { requestBody, responses, security = published.security ?? [] } = operation;
      return {
        name,
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
        variables: [...path.matchAll(/\{(\w+)\}/g)].map(([, variable = '']) => variable),
        pathCheck: parameters.compile(parameterSchema(operation, 'path')),
        queryCheck: parameters.compile(parameterSchema(operation, 'query')),
        requestBody: requestBody && {
          ...bodyOf(requestBody, (schema) => requests.compile(closed(repaired(schema)))),
          required: requestBody.required === true,
        },
        answers: new Map(
          Object.entries(responses).map(([status, body]) => [
            status,
            bodyOf(body, (schema) => answers.compile(repaired(schema))),
          ]),
        ),
        security: security.map((alternative) => Object.keys(alternative)),
      };
    }),
  );
  return { operations, repairs };
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** Strict: a keyword or a format nobody knows is an error, where a lenient validator would skip the check in silence. */
function validator(schemas: readonly (readonly [string, Schema])[], options: Options): Ajv {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, ...options });
  ajv.addKeyword('example');
  ajv.addFormat('date-time', (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)));
  ajv.addFormat('uri', URL.canParse);
  ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
  for (const [name, schema] of schemas) ajv.addSchema(withNames(schema), name);
  return ajv;
}

/** `#/components/schemas/X` as the name under which `X` was added. */
function withNames(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"'));
}

function bodyOf(
  { content = {} }: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> },
  compile: (schema: Schema) => Check,
): Body {
  const [[mediaType, { schema }] = ['', {}]] = Object.entries(content) as [string, { readonly schema?: Schema }][];
  return { mediaType, check: schema && compile(schema) };
}

function parameterSchema({ parameters = [] }: PublishedOperation, place: 'path' | 'query'): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema = {} }) => [name, withNames(schema)])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}
