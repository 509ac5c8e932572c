import { describe, expect, it } from 'vitest';
import { cidrList, isPublicAddress } from './address.ts';
import { guardUrl, matchName, targetPolicy } from './target.ts';

const privateAddresses = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.17.0.1', '172.31.255.255'],
  ...['192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.7'],
  ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
  ...['::', '::1', '[::1]', '::7f00:1', '::ffff:127.0.0.1', '::ffff:a00:1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
  ...['100::1', '2001::1', '2001:db8::1', '2001:10::1', '2002:7f00:1::', '2002:808:808::', '3fff::1', '5f00::1'],
  ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '4000::1', '', 'localhost', '1.2.3'],
];

const publicAddresses = [
  ...['1.1.1.1', '8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.255.255', '172.32.0.1', '192.0.1.1'],
  ...['198.17.255.255', '198.20.0.1', '223.255.255.255', '2606:4700:4700::1111', '2400:3200::1', '::ffff:8.8.8.8'],
  ...['64:ff9b::808:808', '2001:4860:4860::8888'],
];

describe('isPublicAddress', () => {
  it.each(privateAddresses)('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(publicAddresses)('accepts %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it('accepts what the operator allowed, and only that', () => {
    const allow = cidrList(['127.0.0.0/8', 'fd00::/8', '10.1.2.3']);
    expect(isPublicAddress('127.9.9.9', allow)).toBe(true);
    expect(isPublicAddress('::ffff:127.0.0.1', allow)).toBe(true);
    expect(isPublicAddress('fd00::1', allow)).toBe(true);
    expect(isPublicAddress('10.1.2.3', allow)).toBe(true);
    expect(isPublicAddress('10.1.2.4', allow)).toBe(false);
    expect(isPublicAddress('::1', allow)).toBe(false);
  });

  it.each(['', '127.0.0.1/33', '127.0.0.1/', 'loopback', '127.0.0.1/x', '::/129'])('%s is no range', (cidr) => {
    expect(() => cidrList([cidr])).toThrow(RangeError);
  });
});

describe('guardUrl', () => {
  const cases: [input: string, reason: string | undefined][] = [
    ['http://news.example.com/', undefined],
    ['http://news.example.com:8080/', undefined],
    ['http://news.example.com:6379/', 'port'],
    ['http://redis:6379/', 'port'],
    ['http://redis/', 'single-label-host'],
    ['http://localhost./', 'single-label-host'],
    ['http://api.localhost/', 'special-use-name'],
    ['http://printer.local/', 'special-use-name'],
    ['http://metadata.google.internal/', 'special-use-name'],
    ['http://2130706433/', 'private-address'],
    ['http://0x7f.1/', 'private-address'],
    ['http://[::ffff:10.0.0.1]/', 'private-address'],
    ['http://8.8.8.8/', undefined],
    ['http://a:b@127.0.0.1/', 'userinfo'],
  ];
  const policy = targetPolicy();

  it.each(cases)('%s: %s', (input, reason) => {
    const result = guardUrl(input, policy);
    expect('refused' in result ? result.refused : undefined).toBe(reason);
  });

  it('lets mapped names and allowed ranges through', () => {
    const demo = targetPolicy({ allowCidrs: ['127.0.0.0/8'], allowPorts: [80], allowNames: ['*.test', 'redis'] });
    expect(guardUrl('http://a.b.test:9999/', demo)).toEqual({ url: 'http://a.b.test:9999/' });
    expect(guardUrl('http://redis/', demo)).toEqual({ url: 'http://redis/' });
    expect(guardUrl('http://127.0.0.7/', demo)).toEqual({ url: 'http://127.0.0.7/' });
    expect(guardUrl('http://127.0.0.7:8080/', demo)).toEqual({ refused: 'port' });
    expect(guardUrl('http://a.local/', demo)).toEqual({ refused: 'special-use-name' });
  });
});

describe('matchName', () => {
  const names = new Set(['a.example.com', '*.example.com', '*']);
  it.each([
    ['a.example.com', 'a.example.com'],
    ['b.example.com', '*.example.com'],
    ['c.b.example.com', '*.example.com'],
    ['example.com', '*'],
  ])('%s is covered by %s', (hostname, pattern) => {
    expect(matchName(hostname, (each) => names.has(each))).toBe(pattern);
  });
});
