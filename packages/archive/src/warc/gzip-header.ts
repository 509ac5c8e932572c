/** True if the bytes begin like gzip with the only compression method there is. */
export function isGzip(bytes: Uint8Array, at = 0): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/** Length of the gzip header that begins at `at` (RFC 1952 §2.3); undefined if the bytes end within it. */
export function gzipHeaderLength(bytes: Uint8Array, at = 0): number | undefined {
  const flags = bytes[at + 3] ?? 0;
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] ?? 0) + ((bytes[end + 1] ?? 0) << 8);
  // File name and comment, each ended by a zero.
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero === -1) return undefined;
    end = zero + 1;
  }
  if ((flags & 2) !== 0) end += 2;
  return end < bytes.byteLength ? end - at : undefined;
}
