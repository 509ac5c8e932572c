import { setTimeout as sleep } from 'node:timers/promises';
import { createFetcher, userAgent } from '@newsmill/fetch';
import { stringify } from 'yaml';
import { type FetchConfig, readFetchSettings } from '../config.ts';
import { typedUrl } from '../make-source.ts';
import { type Output, styled } from '../output.ts';
import { createPoliteClient } from '../probe/polite-client.ts';
import { type Preview, type ProbeReport, probeSite } from '../probe/probe-site.ts';
import { meaningOf } from '../say-why.ts';
import { textTable } from '../text-table.ts';

/** Nobody waits longer in front of a terminal. */
const deadlineMs = 90_000;

const hasNoTls: ReadonlySet<string> = new Set(['tls_error', 'connection_refused', 'timeout_connect']);

/** `newsmill probe <url>`: what a site offers, before anything of it is stored. Exit code 1 if it cannot be read. */
export async function probe(output: Output, text: string, json: boolean, signal: AbortSignal): Promise<number> {
  const settings = readFetchSettings();
  const begin = performance.now();
  let url = typedUrl(text);
  let report = await look(url, settings, signal, (step) => output.live(step));
  // Who types a bare name does not say https: some sites have none.
  if ('failed' in report && hasNoTls.has(report.failed) && !/^https:/i.test(text)) {
    url = typedUrl(`http://${text}`);
    report = await look(url, settings, signal, (step) => output.live(step));
  }
  if ('failed' in report) {
    const meaning = meaningOf(report.failed);
    if (json) output.out(JSON.stringify({ url, failed: report.failed, ...(meaning ? { meaning } : {}) }, undefined, 2));
    else output.err(`newsmill: ${url} cannot be read: ${report.failed}${meaning ? `. ${meaning}` : ''}`);
    return signal.aborted ? 130 : 1;
  }
  output.out(json ? JSON.stringify(report, undefined, 2) : reportText(output, report, performance.now() - begin));
  return signal.aborted ? 130 : 0;
}

async function look(url: string, config: FetchConfig, signal: AbortSignal, onStep: (text: string) => void) {
  await using fetcher = createFetcher({
    userAgent: userAgent(config.CRAWLER_CONTACT),
    resolve: config.FETCH_RESOLVE,
    allowCidrs: config.FETCH_ALLOW_CIDRS,
    allowPorts: config.FETCH_ALLOW_PORTS,
    http2: config.FETCH_HTTP2 === 'on',
    proxy: config.FETCH_PROXY,
    bodyBytesMax: config.FETCH_BYTES_MAX,
    totalMs: Math.min(config.FETCH_TIMEOUT_MS, 15_000),
  });
  const until = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  const client = createPoliteClient({
    fetcher,
    delayMs: config.HOST_DELAY_MS,
    signal: until,
    clock: () => performance.now(),
    pause: async (ms) => {
      // An aborted pause is a short pause: whoever asked looks at the signal himself.
      await sleep(ms, undefined, { signal: until }).catch(() => undefined);
    },
  });
  // Awaited here: the fetcher must not be gone before.
  return await probeSite(client, url, onStep);
}

function reportText(output: Output, report: ProbeReport, tookMs: number): string {
  const title = (text: string) => `\n${styled(output, 'bold', text)}`;
  const { robots, feeds, sitemaps, sections, previews, notes } = report;
  const lines = [
    `${styled(output, 'bold', report.url)}  ${report.platform === undefined ? '' : `looks like ${clean(report.platform)}`}`,
    styled(output, 'dim', `${report.requests} requests, ${(tookMs / 1_000).toFixed(1)} s; nothing was stored`),
    title('robots.txt'),
    `  ${robots.url}: ${robotsText(robots)}`,
    ...robots.rules.map((rule) => `    ${clean(rule)}`),
    title(`Feeds (${feeds.length})`),
    ...table(
      ['feed', 'format', 'items', 'newest', 'title'],
      feeds.map((one) => [one.url, one.format, one.items, one.newest?.slice(0, 16) ?? '', clean(one.title ?? '')]),
    ),
    title(`Sitemaps (${sitemaps.length})`),
    ...table(
      ['sitemap', 'kind', 'entries', 'newest'],
      sitemaps.map((one) => [one.url, one.kind, one.entries, one.newest?.slice(0, 16) ?? '']),
    ),
    title(`Sections on the first page (${sections.length}), and ${report.articleLinks} links to articles`),
    ...table(
      ['section', 'text'],
      sections.map((one) => [one.url, clean(one.text ?? '').slice(0, 40)]),
    ),
    title(`Preview (${previews.filter((one) => 'article' in one).length} articles)`),
    ...previews.flatMap((one) => previewLines(output, one)),
    ...(notes.length > 0 ? [title('Could not be read'), ...notes.map((note) => `  ${clean(note)}`)] : []),
    title('Source entry'),
    stringify({ sources: [report.entry] }, { lineWidth: 0 }).trimEnd(),
    styled(output, 'dim', '\nPut it into sources.yaml, then: pnpm newsmill sources apply sources.yaml'),
  ];
  return lines.join('\n');
}

function robotsText({ status, crawlDelayMs }: ProbeReport['robots']): string {
  const delay = crawlDelayMs === undefined ? '' : `; asks for ${crawlDelayMs} ms between requests`;
  if (status === null) return 'no answer, so nothing may be fetched';
  return status >= 200 && status < 300 ? `there${delay}` : `HTTP ${status}`;
}

const table = (headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] =>
  rows.length === 0
    ? ['  none']
    : textTable(headings, rows)
        .split('\n')
        .map((line) => `  ${line}`);

function previewLines(output: Output, one: Preview): string[] {
  if (!('article' in one)) return [`  ${styled(output, 'red', 'no article')} (${one.reason})  ${one.url}`];
  const { headline, datePublished, contributors = [], publisher, inLanguage, body } = one.article;
  const facts = [
    datePublished,
    ...contributors.map((each) => `${each.role} ${each.name}`),
    publisher?.name,
    inLanguage,
  ];
  const start = clean(body).slice(0, 70);
  return [
    `  ${styled(output, 'bold', clean(headline))}`,
    `    ${clean(facts.filter((fact) => fact !== undefined).join(' · '))}`,
    `    ${start}${body.length > start.length ? ' …' : ''}  (${body.length} characters)`,
    styled(output, 'dim', `    ${one.url}`),
  ];
}

/** Without control characters: a page must not be able to steer the reader's terminal. */
const clean = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
