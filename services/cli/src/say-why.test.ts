import { FETCH_FAILURES } from '@newsmill/fetch';
import { expect, it } from 'vitest';
import { meaningOf, meaningOfRefusal } from './say-why.ts';

it('finds the meaning of a code wherever it stands, and none where there is none', () => {
  expect(meaningOf('port_refused')).toContain('FETCH_ALLOW_PORTS');
  expect(meaningOf('http://x.test/feed: tls_error')).toContain('http://');
  expect(meaningOf('HTTP 404')).toBe('');
  expect(meaningOf('robots.txt line 2: disallow: /private_address/')).toBe('');
  expect(meaningOfRefusal('private-address')).toContain('FETCH_ALLOW_CIDRS');
});

it('has a sentence for whatever keeps a host away', () => {
  const hostless = Object.keys(FETCH_FAILURES).filter((code) =>
    /^(?:dns|connection|host|tls|timeout|proxy)_/.test(code),
  );
  expect(hostless.filter((code) => meaningOf(code) === '')).toEqual([]);
});
