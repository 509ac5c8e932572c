import { type Operations, operations, type Problem } from './operations.ts';

export interface ClientOptions {
  /** `https://news.example.org` */
  readonly baseUrl: string;
  /** Where the API asks for one. */
  readonly apiKey?: string;
  /** Instead of the global one: for proxies, retries, tests. */
  readonly fetch?: typeof fetch;
}

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A function for each operation of the API: its parameters in, its answer out. The types are made from `/openapi.json`. */
export type Client = {
  readonly [Id in keyof Operations]: Record<never, never> extends Operations[Id]['input']
    ? (input?: Operations[Id]['input'], options?: CallOptions) => Promise<Operations[Id]['output']>
    : (input: Operations[Id]['input'], options?: CallOptions) => Promise<Operations[Id]['output']>;
};

/** The API's answer when it is none: what is wrong and what to do is in `problem`. */
export class ApiError extends Error {
  readonly status: number;
  /** Absent when what answered was not the API. */
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem === undefined ? `status ${status}` : `${problem.title}: ${problem.detail}`);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

type Input = Readonly<Record<string, unknown>>;

/** A client of the HTTP API. It throws `ApiError` for any status but 2xx, and whatever `fetch` throws. */
export function createClient({ baseUrl, apiKey, fetch: send = fetch }: ClientOptions): Client {
  const call = async (id: keyof Operations, input: Input = {}, { signal }: CallOptions = {}): Promise<unknown> => {
    const { method, path } = operations[id];
    const { body, ...parameters } = input;
    const url = new URL(baseUrl.replace(/\/+$/, '') + pathOf(path, parameters));
    for (const [name, value] of Object.entries(parameters)) {
      if (value === undefined || path.includes(`{${name}}`)) continue;
      for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(each));
    }
    const answer = await send(url, {
      method,
      headers: {
        accept: 'application/json, application/problem+json, */*',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const type = answer.headers.get('content-type') ?? '';
    const text = await answer.text();
    if (answer.ok) return type.startsWith('application/json') ? JSON.parse(text) : text === '' ? undefined : text;
    throw new ApiError(answer.status, type.startsWith('application/problem+json') ? JSON.parse(text) : undefined);
  };
  const ids = Object.keys(operations) as (keyof Operations)[];
  return Object.fromEntries(
    ids.map((id) => [id, (input?: Input, options?: CallOptions) => call(id, input, options)]),
  ) as unknown as Client;
}

const pathOf = (path: string, input: Input): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name] ?? '')));
