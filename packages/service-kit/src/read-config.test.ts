import { UsageError } from '@newsmill/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from './read-config.ts';
import { elasticsearchSettings, integerSetting, listSetting, pipelineSettings } from './settings.ts';

const schema = z.object({
  ...pipelineSettings,
  ...elasticsearchSettings,
  PORT: integerSetting(1, 65_535, 80),
  LIST: listSetting,
});

describe('readConfig', () => {
  it('has defaults for what is unset or empty', () => {
    const config = readConfig(schema, { PORT: '', UNRELATED: 'x' });
    expect(config).toMatchObject({ PORT: 80, LIST: [], REDIS_URL: 'redis://127.0.0.1:6379', REDIS_PREFIX: 'nm' });
  });
  it('reads numbers and lists', () => {
    expect(readConfig(schema, { PORT: '8080', LIST: ' a, b ,,' })).toMatchObject({ PORT: 8080, LIST: ['a', 'b'] });
  });
  it('names every wrong variable, its value and what it should be, and shows no secret', () => {
    const read = () => readConfig(schema, { PORT: '99999', REDIS_PREFIX: 'a b', REDIS_URL: 'http://user:secret@x' });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/PORT is "99999"/);
    expect(read).toThrow(/REDIS_PREFIX is "a b": use 1 to 40 letters/);
    expect(read).toThrow(/REDIS_URL has a value that is not shown: give redis:/);
    expect(read).not.toThrow(/secret/);
  });
});
