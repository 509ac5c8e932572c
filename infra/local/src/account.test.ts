import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstClosedFolder, requireReachable, requireSpace, serverAccount } from './account.ts';

let top = '';
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'newsmill-account-'));
  await chmod(top, 0o755);
  await mkdir(join(top, 'home', 'data'), { recursive: true });
  await chmod(join(top, 'home'), 0o700);
});
afterAll(() => rm(top, { recursive: true, force: true }));

test('root hands the servers to nobody, everyone else keeps them', () => {
  const passwd = () => 'root:x:0:0::/root:/bin/sh\nnobody:x:99:98:nobody:/:/usr/sbin/nologin\n';
  expect(serverAccount(true, passwd)).toEqual({ uid: 99, gid: 98 });
  expect(serverAccount(true, () => '')).toEqual({ uid: 65534, gid: 65534 });
  expect(serverAccount(false, passwd)).toBeUndefined();
});

test('a place below a closed folder is refused for another account, naming the folder', async () => {
  const place = join(top, 'home', 'data', 'redis');
  expect(await firstClosedFolder(top)).toBeUndefined();
  const refused = requireReachable(place, { uid: 65534, gid: 65534 }, 'NEWSMILL_CACHE_DIR');
  await expect(refused).rejects.toThrow(`lies below ${join(top, 'home')}, which only root may enter`);
  await expect(refused).rejects.toThrow(/set NEWSMILL_CACHE_DIR/);
  await requireReachable(place, undefined, 'NEWSMILL_CACHE_DIR');
});

test('too little space is refused before anything is fetched', async () => {
  await expect(requireSpace('/cache', 130e6, async () => 12e6)).rejects.toThrow(/12 MB left, 130 MB are needed/);
  await requireSpace('/cache', 130e6, async () => 130e6);
});
