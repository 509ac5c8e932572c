import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from './read-config.ts';
import { pipelineSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'newsmill-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const schema = z.object({ ...pipelineSettings, RULES_FILE: z.string().optional(), RULES: z.string().optional() });
const file = join(folder, 'redis');
writeFileSync(file, 'redis://workers:secret@redis:6379\n');

describe('readConfig, of settings in files', () => {
  it('reads NAME_FILE where NAME is not set', () => {
    expect(readConfig(schema, { REDIS_URL_FILE: file }).REDIS_URL).toBe('redis://workers:secret@redis:6379');
    expect(readConfig(schema, { REDIS_URL_FILE: file, REDIS_URL: '' }).REDIS_URL).toContain('secret');
    expect(readConfig(schema, { REDIS_URL_FILE: file, REDIS_URL: 'redis://own' }).REDIS_URL).toBe('redis://own');
  });
  it('leaves a setting of that very name its own meaning', () => {
    expect(readConfig(schema, { RULES_FILE: '/no/such/file' })).toMatchObject({ RULES_FILE: '/no/such/file' });
    expect(readConfig(schema, { RULES_FILE: '/no/such/file' }).RULES).toBeUndefined();
  });
  it('names the file that cannot be read, and does not show what is wrong in one', () => {
    expect(() => readConfig(schema, { REDIS_URL_FILE: '/no/such/file' })).toThrow(
      /REDIS_URL_FILE names \/no\/such\/file/,
    );
    writeFileSync(join(folder, 'bad'), 'secret\n');
    const bad = () => readConfig(schema, { REDIS_URL_FILE: join(folder, 'bad') });
    expect(bad).toThrow(/REDIS_URL has a value that is not shown/);
    expect(bad).not.toThrow(/secret/);
  });
  it('takes an empty file for nothing', () => {
    writeFileSync(join(folder, 'empty'), '\n');
    expect(readConfig(schema, { REDIS_URL_FILE: join(folder, 'empty') }).REDIS_URL).toBe('redis://127.0.0.1:6379');
  });
});
