/** The few pieces of ASN.1's DER (ITU-T X.690) that a certificate is made of. */

function encoded(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content]);
}

export const sequence = (...parts: Buffer[]): Buffer => encoded(0x30, Buffer.concat(parts));
export const setOf = (part: Buffer): Buffer => encoded(0x31, part);
/** `[n] EXPLICIT`, also `[n] IMPLICIT` of something constructed. */
export const tagged = (number: number, content: Buffer): Buffer => encoded(0xa0 | number, content);
/** `[n] IMPLICIT` of something primitive. */
export const taggedPrimitive = (number: number, content: Buffer): Buffer => encoded(0x80 | number, content);
export const octetString = (content: Buffer): Buffer => encoded(0x04, content);
export const utf8String = (text: string): Buffer => encoded(0x0c, Buffer.from(text));
export const boolean = (value: boolean): Buffer => encoded(0x01, Buffer.from([value ? 0xff : 0]));

/** A number that is not negative, given by its bytes. */
export function integer(bytes: Buffer | number): Buffer {
  const given = typeof bytes === 'number' ? Buffer.from([bytes]) : bytes;
  const first = given.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.from([0]) : given.subarray(first);
  // A leading bit would be a sign.
  return encoded(0x02, (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}

/** @param unused how many bits at the end do not count */
export const bitString = (content: Buffer, unused = 0): Buffer =>
  encoded(0x03, Buffer.concat([Buffer.from([unused]), content]));

/** An object identifier written with dots. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return encoded(0x06, Buffer.from(bytes));
}

/** A point in time, as RFC 5280 wants it: two digits of the year before 2050, four after. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050 ? encoded(0x17, Buffer.from(digits.slice(2))) : encoded(0x18, Buffer.from(digits));
}
