/** What a searcher typed cannot be searched: names the field, the value and what to do. The API answers it with 400. */
export class SearchInputError extends Error {
  readonly field: string;
  /** As given, cut to 80 characters. */
  readonly value: string;
  /** What to do, one sentence. */
  readonly hint: string;

  constructor(field: string, value: string, problem: string, hint: string) {
    const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    super(`${field}: ${JSON.stringify(shown)} ${problem}. ${hint}`);
    this.name = 'SearchInputError';
    this.field = field;
    this.value = shown;
    this.hint = hint;
  }
}

/**
 * A whole write request failed, so that no document of it has a verdict.
 * - `malformed`: Elasticsearch refused the request as such (400); one of its documents spoils it for the others.
 * - `too-large`: the request is over a byte limit (413) of Elasticsearch or of a proxy before it.
 * - `overloaded`: 429; the same request will pass later.
 * - `unavailable`: no usable answer (connection, timeout, 5xx) or a wrong setup (401, 403, 404); retry and tell the operator.
 */
export class IndexWriteError extends Error {
  readonly kind: 'malformed' | 'too-large' | 'overloaded' | 'unavailable';
  readonly status: number | undefined;

  constructor(kind: IndexWriteError['kind'], message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IndexWriteError';
    this.kind = kind;
    this.status = status;
  }
}

/** The live index does not fit the code and cannot be changed in place; the message says what differs and what to do. */
export class IndexMismatchError extends Error {
  readonly differences: readonly string[];

  constructor(message: string, differences: readonly string[]) {
    super(message);
    this.name = 'IndexMismatchError';
    this.differences = differences;
  }
}

/** The search backend gave no usable answer; the search itself was fine. The API answers it with 503. */
export class SearchUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SearchUnavailableError';
  }
}
