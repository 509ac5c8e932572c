/**
 * Undoes the chunked transfer coding (RFC 9112 §7.1) of a response that somebody else stored as it was sent. Undefined if the
 * bytes are not chunks from end to end: many tools undo the coding and leave the header.
 */
export function unchunk(bytes: Uint8Array): Buffer | undefined {
  const pieces: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf(10, at);
    if (lineEnd === -1 || lineEnd - at > 1_024) return undefined;
    const line = Buffer.from(bytes.subarray(at, lineEnd)).toString('latin1');
    const size = /^([0-9a-f]{1,8})[ \t]{0,8}(?:;.{0,1000})?\r?$/i.exec(line)?.[1];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    // Trailers may follow the last chunk; they are no part of the body.
    if (length === 0) return Buffer.concat(pieces);
    const start = lineEnd + 1;
    if (start + length > bytes.byteLength) return undefined;
    pieces.push(bytes.subarray(start, start + length));
    at = start + length;
    if (bytes[at] === 13) at += 1;
    if (bytes[at] !== 10) return undefined;
    at += 1;
  }
}
