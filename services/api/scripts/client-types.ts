/** A JSON schema, as far as the API's description uses them. */
export interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>> }>
  >;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The source of the client's `operations.ts`: a type for each titled schema, and each operation's input, output and address. */
export function clientTypes({ paths }: OpenApi): string {
  const named = new Map<string, string>();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const typeOf = (schema: JsonSchema, indent: string): string => {
    const { title } = schema;
    if (title === undefined) return plainTypeOf(schema, indent);
    const text = plainTypeOf(schema, '');
    const known = named.get(title);
    if (known !== undefined && known !== text) throw new Error(`two schemas are called ${title}`);
    named.set(title, text);
    return title;
  };
  function plainTypeOf(schema: JsonSchema, indent: string): string {
    const { type, items, prefixItems, properties, additionalProperties, anyOf, oneOf } = schema;
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
    const either = anyOf ?? oneOf;
    if (either !== undefined) return either.map((each) => typeOf(each, indent)).join(' | ');
    if (prefixItems !== undefined) return `readonly [${prefixItems.map((each) => typeOf(each, indent)).join(', ')}]`;
    if (type === 'array') return `readonly (${items === undefined ? 'unknown' : typeOf(items, indent)})[]`;
    if (type === 'integer' || type === 'number') return 'number';
    if (type === 'string' || type === 'boolean' || type === 'null') return type;
    if (type !== 'object') return 'unknown';
    if (properties === undefined) {
      const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown';
      return `Readonly<Record<string, ${values}>>`;
    }
    return objectOf(
      Object.entries(properties).map(([name, value]) => ({
        name,
        type: typeOf(value, `${indent}  `),
        required: schema.required?.includes(name) ?? false,
        description: value.description,
      })),
      indent,
    );
  }
  const described = operations.map(({ path, method, operation }) => {
    const { parameters = [], requestBody, responses, operationId, summary } = operation;
    if (operationId === undefined) throw new Error(`${method} ${path} has no operationId`);
    const body = requestBody?.content['application/json']?.schema;
    const fields = [
      ...parameters.map(({ name, required = false, schema, description }) => ({
        name,
        type: typeOf(schema, '      '),
        required,
        description,
      })),
      ...(body === undefined
        ? []
        : [{ name: 'body', type: typeOf(body, '      '), required: true, description: undefined }]),
    ];
    const [type, content] = Object.entries(responses['200']?.content ?? responses['201']?.content ?? {})[0] ?? [];
    const empty = responses['204'] === undefined ? 'string' : 'undefined';
    const output =
      content === undefined ? empty : type === 'application/json' ? typeOf(content.schema, '    ') : 'string';
    // Every operation may answer with a problem.
    for (const { content: other } of Object.values(responses)) {
      const problem = other?.['application/problem+json'];
      if (problem !== undefined) typeOf(problem.schema, '');
    }
    return { id: operationId, summary, method, path, input: objectOf(fields, '    '), output };
  });
  const types = [...named].map(([name, text]) => `export type ${name} = ${text};`);
  return [
    '// biome-ignore-all format: made by a program',
    "// Made from the API's description by `pnpm build:client`; do not edit.",
    '',
    ...types.flatMap((text) => [text, '']),
    'export interface Operations {',
    ...described.flatMap(({ id, summary, input, output }) => [
      ...(summary === undefined ? [] : [`  /** ${comment(summary)} */`]),
      `  readonly ${key(id)}: {`,
      `    readonly input: ${input};`,
      `    readonly output: ${output};`,
      '  };',
    ]),
    '}',
    '',
    'export const operations: { readonly [Id in keyof Operations]: { readonly method: string; readonly path: string } } = {',
    ...described.map(({ id, method, path }) => `  ${key(id)}: { method: '${method}', path: '${path}' },`),
    '};',
    '',
  ].join('\n');
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string | undefined;
}

function objectOf(fields: readonly Field[], indent: string): string {
  if (fields.length === 0) return 'Readonly<Record<never, never>>';
  const lines = fields.flatMap(({ name, type, required, description }) => [
    ...(description === undefined ? [] : [`${indent}  /** ${comment(description)} */`]),
    `${indent}  readonly ${key(name)}${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'};`,
  ]);
  return `{\n${lines.join('\n')}\n${indent}}`;
}

const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));
const comment = (text: string): string => text.replaceAll('*/', '* /').replace(/\s+/g, ' ');
