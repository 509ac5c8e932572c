import type { Client } from '@elastic/elasticsearch';
import { indexNames } from './names.ts';
import { unavailable } from './unavailable.ts';

/** What an auditor wants to know of a document. Times are epoch milliseconds. */
export interface IndexedDocument {
  readonly id: string;
  /** Absent above 2,048 characters: then the document itself tells. */
  readonly url?: string;
  readonly sourceId?: string;
  readonly captureRef?: string;
  readonly contentHash?: string;
  readonly parserVersion?: string;
  readonly version?: number;
  readonly fetchedAt?: number;
  readonly firstSeenAt?: number;
  readonly removedAt?: number;
}

/** All documents of the index, also those that searches do not show, as far as an auditor needs them. */
export interface IndexInventory {
  /**
   * In the order of their ids, behind `after`; what was written before the last refresh.
   * @throws SearchUnavailableError when there is no answer; so do the others.
   */
  walk(after?: string): AsyncGenerator<readonly IndexedDocument[], void, void>;
  /** Documents whose ids begin with one of these, of at least 8 characters; keyed by the beginning. */
  find(beginnings: readonly string[]): Promise<ReadonlyMap<string, IndexedDocument>>;
  /** Makes all that was written before visible to the others. */
  refresh(): Promise<void>;
}

/** Some fields of each, from the columns: documents themselves are a hundred times larger. */
const pageSize = 5_000;
/** Clauses of one query; Elasticsearch allows at least 1,024. */
const clausesMax = 500;
const fields = ['url', 'sourceId', 'captureRef', 'contentHash', 'parserVersion', 'version'] as const;
const times = ['fetchedAt', 'firstSeenAt', 'removedAt'] as const;
const columns = [...fields, ...times.map((field) => ({ field, format: 'epoch_millis' }))];

interface Hit {
  readonly _id: string;
  readonly fields?: Readonly<Record<string, readonly unknown[]>>;
  readonly sort?: unknown[];
}

export function createElasticsearchInventory({
  client,
  prefix = '',
}: {
  readonly client: Client;
  readonly prefix?: string;
}): IndexInventory {
  const { alias } = indexNames(prefix);

  /** The alias may hide removed articles; the index behind it does not. */
  async function concrete(): Promise<string[]> {
    const found = await client.indices.getAlias({ name: alias }).catch(unavailable('audit'));
    return Object.keys(found);
  }

  async function ask(request: object): Promise<readonly Hit[]> {
    const answer = await client
      .search<unknown>({
        index: await concrete(),
        _source: false,
        docvalue_fields: columns,
        track_total_hits: false,
        allow_partial_search_results: false,
        ...request,
      })
      .catch(unavailable('audit'));
    if (answer.timed_out) unavailable('audit')(new Error('it took too long'));
    return answer.hits.hits as unknown as readonly Hit[];
  }

  return {
    async *walk(after) {
      for (let last = after; ; ) {
        const request = { size: pageSize, sort: [{ id: 'asc' }], query: { match_all: {} } };
        const hits = await ask(last === undefined ? request : { ...request, search_after: [last] });
        if (hits.length > 0) yield hits.map(documentOf);
        last = hits.at(-1)?._id;
        if (hits.length < pageSize || last === undefined) return;
      }
    },
    async find(beginnings) {
      const found = new Map<string, IndexedDocument>();
      for (let at = 0; at < beginnings.length; at += clausesMax) {
        const asked = beginnings.slice(at, at + clausesMax);
        const should = asked.map((beginning) => ({ prefix: { id: beginning } }));
        const hits = await ask({ size: 2 * clausesMax, query: { bool: { filter: [{ bool: { should } }] } } });
        const lengths = new Set(asked.map(({ length }) => length));
        const wanted = new Set(asked);
        for (const hit of hits) {
          for (const length of lengths) {
            const beginning = hit._id.slice(0, length);
            if (wanted.has(beginning)) found.set(beginning, documentOf(hit));
          }
        }
      }
      return found;
    },
    async refresh() {
      await client.indices.refresh({ index: alias }).catch(unavailable('refresh'));
    },
  };
}

function documentOf({ _id, fields: values = {} }: Hit): IndexedDocument {
  const known: Record<string, unknown> = { id: _id };
  for (const name of fields) if (values[name]?.[0] !== undefined) known[name] = values[name][0];
  for (const name of times) if (values[name]?.[0] !== undefined) known[name] = Number(values[name][0]);
  return known as unknown as IndexedDocument;
}
