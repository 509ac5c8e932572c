/** GBK code pairs of characters: the byte view that is needed to undo what a machine did to bytes. */

let pairByCharacter: Map<string, number> | undefined;
let characterByPair: Map<number, string> | undefined;

function load(): { byCharacter: Map<string, number>; byPair: Map<number, string> } {
  if (pairByCharacter === undefined || characterByPair === undefined) {
    pairByCharacter = new Map();
    characterByPair = new Map();
    const decoder = new TextDecoder('gb18030');
    const bytes = new Uint8Array(2);
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        if (trail === 0x7f) continue;
        bytes[0] = lead;
        bytes[1] = trail;
        const character = decoder.decode(bytes);
        // Private-use results are holes of GBK, and two characters mean that the trail byte was not taken.
        if (character.length !== 1 || /[\ue000-\uf8ff\ufffd]/.test(character)) continue;
        const pair = (lead << 8) | trail;
        characterByPair.set(pair, character);
        if (!pairByCharacter.has(character)) pairByCharacter.set(character, pair);
      }
    }
  }
  return { byCharacter: pairByCharacter, byPair: characterByPair };
}

/** The two bytes of a character as one number (lead << 8 | trail), if GBK has it. */
export const gbkPair = (character: string): number | undefined => load().byCharacter.get(character);

/** The character of two GBK bytes, if there is one. */
export const gbkCharacter = (lead: number, trail: number): string | undefined => load().byPair.get((lead << 8) | trail);
