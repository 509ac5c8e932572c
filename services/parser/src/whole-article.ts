import { createHash } from 'node:crypto';
import type { Archive, Capture } from '@newsmill/archive';
import { type ExtractedArticle, type ParseJob, RetryLaterError } from '@newsmill/contracts';
import type { PageResult } from '@newsmill/core';
import { hostIdOf, urlIdOf } from '@newsmill/core/url';
import type { Frontier } from '@newsmill/frontier';
import { isComplete, type PageReader, type PageRequest, readWhole } from '@newsmill/parse-pool';
import type { PagePart, PageParts } from '@newsmill/site-memory';

export interface WholeArticleDeps {
  readonly frontier: Pick<Frontier, 'getUrl' | 'record'>;
  readonly archive: Pick<Archive, 'read'>;
  readonly reader: PageReader;
  readonly parts: PageParts;
  readonly clock: () => number;
}

export interface WholeArticle {
  /**
   * For the first page of an article that has several: the article of all pages when they all lie in the archive, else
   * undefined.
   */
  join(
    job: ParseJob,
    page: PageResult,
    request: PageRequest,
    signal: AbortSignal,
  ): Promise<ExtractedArticle | undefined>;
  /**
   * For a later page: when it completes the article, has the first page parsed once more.
   * @throws RetryLaterError while that page is on its way to the index
   */
  complete(job: ParseJob, page: PageResult, capture: Capture): Promise<void>;
}

/** The first page of an article is in the pipeline for seconds, or as long as Elasticsearch is away. */
const waitMs = 30_000;

export function createWholeArticle({ frontier, archive, reader, parts, clock }: WholeArticleDeps): WholeArticle {
  const note = (first: string, job: ParseJob, page: PageResult, capture: Pick<Capture, 'body'>): Promise<void> =>
    parts.put(first, {
      number: page.pageNumber ?? 1,
      last: page.pageLast ?? 1,
      url: job.url,
      captureRef: job.captureRef,
      fetchedAt: job.fetchedAt,
      digest: createHash('sha256').update(capture.body).digest('base64url').slice(0, 8),
    });

  return {
    async join(job, page, request, signal) {
      if (page.verdict.type !== 'article' || page.pageNumber !== 1) return undefined;
      await note(job.url, job, page, request.capture);
      const { parts: known } = await parts.of(job.url);
      if (!isComplete(known)) return undefined;
      const whole = await readWhole(known, page, request, { archive, reader }, signal);
      // Also when they cannot be joined: trying again would end the same way.
      await parts.mark(job.url, stateOf(known));
      return whole;
    },
    async complete(job, page, capture) {
      const first = page.partOf;
      if (first === undefined || page.pageNumber === undefined) return;
      await note(first, job, page, capture);
      const { parts: known, joined } = await parts.of(first);
      if (!isComplete(known) || joined === stateOf(known)) return;
      const row = await frontier.getUrl(first);
      if (row?.state === 'captured' || row?.state === 'parsed')
        throw new RetryLaterError(waitMs, `${first} is on its way to the index`);
      if (row?.outcome?.verdict !== 'indexed') return;
      // The ledger has it parsed again; the reconciler puts the job on the queue.
      const captureRef = known[0]?.captureRef;
      const { generation } = row;
      const event = { type: 'reopened', url: first, generation, state: 'captured', lost: true } as const;
      await frontier.record(
        hostIdOf(first),
        urlIdOf(first),
        { ...event, ...(captureRef === undefined ? {} : { captureRef }) },
        clock(),
      );
    },
  };
}

const stateOf = (parts: readonly PagePart[]): string =>
  parts.map(({ number, digest }) => `${number}${digest}`).join(' ');
