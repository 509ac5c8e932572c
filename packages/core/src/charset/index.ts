export { type DecodedText, decodeBytes } from './decode-bytes.ts';
