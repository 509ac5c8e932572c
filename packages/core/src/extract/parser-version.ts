/**
 * Changes whenever the same page would give another article, so that `newsmill replay --parser-older-than` finds what is out
 * of date. The first number grows when a new model or a new way of reading is put in, by hand; the second by itself:
 * test/sites/parser-version.test.ts compares what becomes of the fixture pages with what became of them under this version.
 */
export const parserVersion = '3.0';
