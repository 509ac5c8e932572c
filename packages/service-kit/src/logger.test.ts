import { expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function linesOf(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const write = (line: string): void => {
    text += line;
  };
  log(createLogger('parser', 'info', { write }));
  return text;
}

it('cuts out what looks like a credential, wherever it stands', () => {
  const error = new Error('connect ECONNREFUSED redis://worker:s3cret-one@redis:6379/0');
  const text = linesOf((logger) => {
    logger.error({ err: error, server: { password: 's3cret-two', url: 'http://u:s3cret-three@es:9200' } }, 'no answer');
    logger.warn({ headers: { authorization: 'ApiKey s3cret-four', cookie: 'sid=s3cret-five' } }, 'refused');
    logger.info({ apiKey: 's3cret-six' }, 'asked https://elastic:s3cret-seven@es:9200/_bulk twice');
  });
  expect(text).not.toContain('s3cret');
  expect(text).toContain('redis://***@redis:6379/0');
  expect(text).toContain('https://***@es:9200/_bulk twice');
  for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ service: 'parser' });
});

it('leaves addresses and people alone', () => {
  const text = linesOf((logger) =>
    logger.info({ url: 'https://example.com/@someone/a', by: 'desk@example.com' }, 'job'),
  );
  expect(JSON.parse(text)).toMatchObject({ url: 'https://example.com/@someone/a', by: 'desk@example.com', msg: 'job' });
});
