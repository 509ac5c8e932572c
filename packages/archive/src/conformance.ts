import { expect, it } from 'vitest';
import { type Archive, ArchiveError, type Capture } from './capture.ts';

/** What every archive keeps: run inside a `describe`, with a function that opens an empty one. */
export function archiveConformance(open: () => Promise<Archive>): void {
  const capture = (over: Partial<Capture> = {}): Capture => ({
    url: 'http://news.example.com/a?b=%E6%96%B0',
    fetchedAt: '2026-11-24T08:15:00.123Z',
    status: 200,
    reasonPhrase: 'OK',
    httpVersion: '1.1',
    headers: [
      ['Content-Type', 'text/html; charset=gb2312'],
      ['SET-COOKIE', 'a=1'],
      ['set-cookie', 'b=2'],
      ['Transfer-Encoding', 'chunked'],
      ['X-Empty', ''],
      ['X-Latin', '\xd0\xc2\xce\xc5'],
      ['X-Space', ' two  spaces '],
    ],
    body: Uint8Array.from({ length: 1_000 }, (_, at) => at % 256),
    ip: '127.0.0.1',
    ...over,
  });
  /** Bodies are compared as plain arrays: an adapter may return any kind of byte array. */
  const plain = (each: Capture) => ({ ...each, body: [...each.body] });

  it('gives back what was written', async () => {
    await using archive = await open();
    const ref = await archive.write(capture());
    expect(plain(await archive.read(ref))).toEqual(plain(capture()));
  });

  it('keeps bodies of every kind', async () => {
    await using archive = await open();
    const bodies = [
      new Uint8Array(),
      Buffer.from('\r\n\r\n'),
      Buffer.from('\r\n\r\nWARC/1.1\r\n'),
      Buffer.alloc(3_000_000, 7),
    ];
    for (const body of bodies) {
      const { body: read } = await archive.read(await archive.write(capture({ body })));
      expect(Buffer.compare(Buffer.from(read), body)).toBe(0);
    }
  });

  it('keeps truncation, an absent reason and absent headers', async () => {
    await using archive = await open();
    const { reasonPhrase, ip, ...rest } = capture({ truncated: 'length', headers: [], status: 503, httpVersion: '2' });
    expect(plain(await archive.read(await archive.write(rest)))).toEqual(plain(rest));
    expect([reasonPhrase, ip]).toEqual(['OK', '127.0.0.1']);
  });

  it('keeps what was made of captures apart from captures', async () => {
    await using archive = await open();
    const derived = {
      url: 'http://news.example.com/a',
      madeAt: '2026-11-24T08:15:00.123Z',
      contentType: 'application/json',
      body: Buffer.from('{"新闻":1}'),
    };
    const ref = await archive.writeDerived(derived);
    const read = await archive.readDerived(ref);
    expect({ ...read, body: Buffer.from(read.body) }).toEqual(derived);
    await expect(archive.read(ref)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(archive.readDerived(await archive.write(capture()))).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('is not led astray by line breaks in headers', async () => {
    await using archive = await open();
    const ref = await archive.write(capture({ headers: [['X-A', 'b\r\n\r\nX-C: d']], reasonPhrase: 'no\r\nX: y' }));
    const read = await archive.read(ref);
    expect(read.headers).toEqual([['X-A', 'b X-C: d']]);
    expect(read.body.byteLength).toBe(1_000);
  });

  it('takes many writes at once, each at a place of its own', async () => {
    await using archive = await open();
    const urls = Array.from({ length: 200 }, (_, at) => `http://news.example.com/${at}`);
    const refs = await Promise.all(urls.map((url) => archive.write(capture({ url }))));
    expect(new Set(refs).size).toBe(urls.length);
    const read = await Promise.all(refs.map((ref) => archive.read(ref)));
    expect(read.map(({ url }) => url)).toEqual(urls);
  });

  const badRefs: [ref: string, code: string][] = [
    ['', 'bad_ref'],
    ['../../etc/passwd', 'bad_ref'],
    ['../a.warc.gz#0+10', 'bad_ref'],
    ['a/b.warc.gz#0+10', 'bad_ref'],
    ['a.warc.gz#0+0', 'bad_ref'],
    ['a.warc.gz#0+999999999', 'bad_ref'],
    ['a.warc.gz#-1+10', 'bad_ref'],
    ['nothing-0001.warc.gz#0+10', 'not_found'],
  ];
  it.each(badRefs)('refuses to read %j: %s', async (ref, code) => {
    await using archive = await open();
    await archive.write(capture());
    await expect(archive.read(ref)).rejects.toMatchObject({ name: 'ArchiveError', code });
  });

  it('walks over all captures with their references', async () => {
    await using archive = await open();
    const walked = async () => {
      const found: [string, string][] = [];
      for await (const { ref, capture: each } of archive.scan()) found.push([ref, each.url]);
      return found;
    };
    expect(await walked()).toEqual([]);
    const written: [string, string][] = [];
    for (const path of ['a', 'b', 'c']) {
      const url = `http://news.example.com/${path}`;
      const body = Buffer.alloc(1_200_000, path);
      written.push([await archive.write(capture({ url, body, headers: [['Content-Encoding', 'identity']] })), url]);
      await archive.writeDerived({
        url,
        madeAt: capture().fetchedAt,
        contentType: 'text/plain',
        body: Buffer.from('x'),
      });
    }
    expect(await walked()).toEqual(written);
    for (const [ref, url] of await walked()) expect((await archive.read(ref)).url).toBe(url);
  });

  it('tells of records of every kind, and removes what lies in a segment together', async () => {
    await using archive = await open();
    const first = await archive.write(capture());
    await archive.writeRevisit(capture({ fetchedAt: '2026-11-25T08:15:00.123Z' }), capture());
    const types = async () => {
      const found: (string | undefined)[] = [];
      for await (const { record } of archive.records()) {
        found.push(/^WARC-Type: (\S+)/m.exec(record.toString('latin1', 0, 200))?.[1]);
      }
      return found.filter((type) => type !== 'warcinfo');
    };
    expect(await types()).toEqual(['response', 'revisit']);
    await archive.check();
    const segments = await Array.fromAsync(archive.segments());
    expect(segments.map(({ name }) => name)).toContain(first.split('#')[0]);
    expect(segments.every(({ bytes, endedAt }) => bytes > 200 && endedAt > 0)).toBe(true);
    for (const { name } of segments) await archive.removeSegment(name);
    await archive.removeSegment('nothing-0001.warc.gz');
    expect(await types()).toEqual([]);
    await expect(archive.read(first)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says so when a reference is off', async () => {
    await using archive = await open();
    const ref = await archive.write(capture());
    const off = ref.replace(/#(\d+)/, (_, offset: string) => `#${Number(offset) + 1}`);
    await expect(archive.read(off)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('takes nothing after it was closed', async () => {
    const archive = await open();
    await archive[Symbol.asyncDispose]();
    await expect(archive.write(capture())).rejects.toBeInstanceOf(ArchiveError);
  });
}
