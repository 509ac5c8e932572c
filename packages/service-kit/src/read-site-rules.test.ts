import { describe, expect, it } from 'vitest';
import { readSiteRules } from './read-site-rules.ts';

describe('readSiteRules', () => {
  it('reads one selector or several', () => {
    expect(readSiteRules('rules:\n  - site: a.test\n    body: .x\n    remove: [.y, .z]\n', 'r.yaml')).toEqual([
      { site: 'a.test', body: ['.x'], remove: ['.y', '.z'] },
    ]);
  });
  it.each([
    [
      'rules:\n  - site: a.test\n    bodi: .x\n',
      'r.yaml:3: rules[0].bodi: there is no such field. Known: site, paths, body',
    ],
    ['rules:\n  - body: .x\n', 'r.yaml:2: rules[0].site'],
    ['rules:\n  - site: a.test\n    type: maybe\n', 'r.yaml:3: rules[0].type'],
    ['rules: [', 'r.yaml:1'],
    ['', 'r.yaml:1: rules'],
  ])('names line and field: %j', (text, message) => {
    expect(() => readSiteRules(text, 'r.yaml')).toThrow(message);
  });
});
