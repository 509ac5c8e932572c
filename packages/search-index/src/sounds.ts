import { readFileSync } from 'node:fs';
import { foldCharacter } from './folding.ts';

let syllables: ReadonlyMap<string, string> | undefined;

/** Simplified character → how it sounds, of the 6,763 characters of GB 2312 (generated, see scripts/build-sounds.ts). */
function soundTable(): ReadonlyMap<string, string> {
  syllables ??= new Map(
    readFileSync(new URL('./data/sounds.txt', import.meta.url), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [syllable = '', characters = ''] = line.split('=');
        return [...characters].map((character) => [character, blurred(syllable)] as const);
      }),
  );
  return syllables;
}

/** What speakers of many regions do not tell apart, and therefore mistype: zh and z, ch and c, sh and s, -ing and -in, -eng and -en. */
const blurred = (syllable: string): string => syllable.replace(/^([zcs])h/, '$1').replace(/([ie]n)g$/, '$1');

/** How a character sounds, in either script; undefined for anything but common Han characters. */
export const soundOf = (character: string): string | undefined => soundTable().get(foldCharacter(character));

/** Rules `品=>|pin|` of a mapping char filter. The bars keep a syllable apart from its neighbours and from Latin words. */
export const soundRules = (): string[] =>
  [...soundTable()].map(([character, syllable]) => `${character}=>|${syllable}|`);
