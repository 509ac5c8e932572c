import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import {
  bitString,
  boolean,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  tagged,
  taggedPrimitive,
  time,
  utf8String,
} from './der.ts';

/** A certificate and its private key, both PEM. */
export interface Credential {
  readonly certificate: string;
  readonly key: string;
}

const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
/** Certificates of one's own servers are not renewed by anybody; they outlive the software. */
const validDays = 3_650;

/**
 * A certificate authority of one's own, for servers on networks of one's own (X.509 v3, RFC 5280; P-256). It can vouch for
 * `names` only: who trusts it need not trust its keeper with the rest of the Internet.
 */
export function createAuthority(name: string, names: readonly string[], now: Date): Credential {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // A range of addresses is an address and a mask.
  const mask = Buffer.from([255, 255, 255, 255]);
  const permitted = names.map((one) => sequence(generalName(one, isIPv4(one) ? mask : Buffer.alloc(0))));
  const extensions = [
    extension('2.5.29.19', true, sequence(boolean(true), integer(0))),
    // keyCertSign and cRLSign.
    extension('2.5.29.15', true, bitString(Buffer.from([0b0000_0110]), 1)),
    extension('2.5.29.14', false, octetString(keyId(keys.publicKey))),
    extension('2.5.29.30', true, sequence(tagged(0, Buffer.concat(permitted)))),
  ];
  const certificate = issue({ subject: name, issuer: name, now, extensions, of: keys.publicKey, by: keys.privateKey });
  return { certificate, key: pemOf(keys.privateKey) };
}

/** A server's certificate for these names and IPv4 addresses, issued by `authority` (whose name is `issuer`). */
export function createServerCertificate(
  authority: KeyObject,
  issuer: string,
  names: readonly string[],
  now: Date,
): Credential {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const alternatives = names.map((name) => generalName(name));
  const extensions = [
    extension('2.5.29.19', true, sequence()),
    // digitalSignature, and for serverAuth only.
    extension('2.5.29.15', true, bitString(Buffer.from([0b1000_0000]), 7)),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, sequence(...alternatives)),
    extension('2.5.29.35', false, sequence(taggedPrimitive(0, keyId(authority)))),
  ];
  const subject = names[0] ?? 'server';
  const certificate = issue({ subject, issuer, now, extensions, of: keys.publicKey, by: authority });
  return { certificate, key: pemOf(keys.privateKey) };
}

interface Issue {
  readonly subject: string;
  readonly issuer: string;
  readonly now: Date;
  readonly extensions: readonly Buffer[];
  readonly of: KeyObject;
  readonly by: KeyObject;
}

function issue({ subject, issuer, now, extensions, of, by }: Issue): string {
  const toBeSigned = sequence(
    tagged(0, integer(2)),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    commonName(issuer),
    // A day of grace for clocks that differ.
    sequence(time(new Date(now.getTime() - dayMs)), time(new Date(now.getTime() + validDays * dayMs))),
    commonName(subject),
    of.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...extensions)),
  );
  const whole = sequence(toBeSigned, ecdsaWithSha256, bitString(sign('sha256', toBeSigned, by)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A host name or an IPv4 address, in constraints with its mask behind it. */
const generalName = (name: string, mask = Buffer.alloc(0)): Buffer =>
  isIPv4(name)
    ? taggedPrimitive(7, Buffer.concat([Buffer.from(name.split('.').map(Number)), mask]))
    : taggedPrimitive(2, Buffer.from(name, 'ascii'));

const commonName = (name: string): Buffer => sequence(setOf(sequence(oid('2.5.4.3'), utf8String(name))));

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

/** Names a public key, so that a chain can be put together (RFC 5280, 4.2.1.2). */
function keyId(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
