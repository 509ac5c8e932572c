/**
 * Writes data/sounds.txt, how each simplified character of GB 2312 sounds, from pinyin-pro's readings (MIT):
 *
 *     node packages/search-index/scripts/build-sounds.ts
 *
 * The result is committed, so nothing of this is needed at run time.
 */
import { writeFileSync } from 'node:fs';
import { pinyin } from 'pinyin-pro';

const decoder = new TextDecoder('gb18030');
const bySound = new Map<string, string>();
for (let lead = 0xb0; lead <= 0xf7; lead++) {
  for (let trail = 0xa1; trail <= 0xfe; trail++) {
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if (!/^\p{Script=Han}$/u.test(character)) continue;
    const syllable = pinyin(character, { toneType: 'none', v: true });
    if (!/^[a-z]+$/.test(syllable)) continue;
    bySound.set(syllable, (bySound.get(syllable) ?? '') + character);
  }
}
const lines = [...bySound]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([syllable, characters]) => `${syllable}=${characters}\n`);
writeFileSync(new URL('../src/data/sounds.txt', import.meta.url), lines.join(''));
