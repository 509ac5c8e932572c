import { UsageError } from '@newsmill/contracts';
import { hostIdOf } from '@newsmill/core/url';
import type { QuarantineEntry } from '@newsmill/queue';
import { describe, expect, it } from 'vitest';
import type { Output } from '../output.ts';
import { entriesTable, entryText, filterOf } from './quarantine.ts';

const output: Output = { out: () => undefined, err: () => undefined, live: () => undefined, color: false };
const now = Date.parse('2026-03-02T00:00:00Z');
const entry: QuarantineEntry = {
  id: 'index/abc-2',
  stage: 'index',
  jobId: 'abc-2',
  payload: { generation: 2, payload: { article: { url: 'http://a.test:8080/1', captureRef: 's#0+1' } } },
  reason: 'document_rejected',
  message: `Elasticsearch answered 400:\n${'字'.repeat(80)}`,
  attempts: 1,
  quarantinedAt: '2026-03-01T23:58:45.000Z',
  retries: [
    {
      at: '2026-03-01T12:00:00.000Z',
      quarantinedAt: '2026-03-01T11:00:00.000Z',
      reason: 'job_timeout',
      message: 'slow',
    },
  ],
};

describe('newsmill quarantine', () => {
  it('understands what is asked for', () => {
    expect(filterOf({}, now)).toEqual({});
    expect(filterOf({ reason: 'parser_failed', stage: 'parse', olderThan: '6h' }, now)).toEqual({
      reason: 'parser_failed',
      stage: 'parse',
      before: now - 6 * 3_600_000,
    });
    const host = { host: 'a.test:8080', hostId: hostIdOf('http://a.test:8080/') };
    expect(filterOf({ host: 'A.test:8080' }, now)).toEqual(host);
    expect(filterOf({ host: 'http://a.test:8080/x' }, now)).toEqual(host);
    for (const bad of [{ reason: 'nonsense' }, { stage: 'fetch' }, { olderThan: 'yesterday' }, { host: 'a b' }]) {
      expect(() => filterOf(bad, now)).toThrow(UsageError);
    }
  });

  it('lists one line for each', () => {
    expect(entriesTable([entry], now).split('\n').at(-1)).toBe(
      `index/abc-2  document_rejected  a.test:8080  1 min 15 s        1  Elasticsearch answered 400: ${'字'.repeat(20)}…`,
    );
  });

  it('shows reason, page, payload and history, and lets none of them steer the terminal', () => {
    const text = entryText(output, { ...entry, message: 'no\u001b[2J', payload: { url: 'http://a.test/\u001b[31m' } });
    expect(text).toContain('document_rejected: Elasticsearch refused the document');
    expect(text).toContain('before    2026-03-01T11:00:00.000Z job_timeout: slow; put back 2026-03-01T12:00:00.000Z');
    expect(text).not.toContain('\u001b');
    expect(entryText(output, entry)).toContain('capture   s#0+1');
    const { payload: _, ...rest } = entry;
    expect(entryText(output, { ...rest, retriedAt: '2026-03-02T00:00:00.000Z' })).toContain(
      'put back 2026-03-02T00:00:00.000Z, has not come back since',
    );
  });
});
