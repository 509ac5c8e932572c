import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';

it('`demo --exit` crawls, balances, searches, tells the addresses, and ends with exit code 0', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'newsmill-demo-'));
  try {
    const main = fileURLToPath(new URL('../../services/cli/src/main.ts', import.meta.url));
    const env = {
      ...process.env,
      REDIS_URL: inject('redisUrl'),
      ELASTICSEARCH_URL: inject('elasticsearchUrl'),
      NEWSMILL_DATA_DIR: dataDir,
    };
    // A non-zero exit code rejects.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, 'demo', '--exit'], { env });
    expect(stderr).toMatch(/discovered \d+ · fetched \d+ · parsed \d+ · indexed \d+ · skipped \d+ · quarantined 0/);
    expect(stdout).toMatch(/In balance: (\d+) discovered = \d+ indexed \+ \d+ skipped \+ 0 quarantined/);
    const [first = '', ...others] = stdout.split('▶ ').slice(1);
    expect(others).toHaveLength(2);
    expect(first).toContain('兰州 品质学校');
    for (const mark of ['zh-Hant', 'zh-Hans', 'repaired: pinyin-gloss', '[品质学校]', '[品質學校]']) {
      expect(first).toContain(mark);
    }
    for (const search of others) expect(search).toMatch(/[1-9]\d* articles? · \d+ ms/);
    expect(stdout).toMatch(/curl -s 'http:\/\/.+\/newsmill-demo-articles\/_search/);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
