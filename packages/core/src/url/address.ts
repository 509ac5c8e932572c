import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 ranges that are not the public internet: IANA's special-purpose registry (RFC 6890), multicast, the reserved
 * class E, and Azure's platform address, which is public by number and private by nature.
 */
const IPV4_REFUSED: readonly string[] = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
];

/** Inside 2000::/3, which is all of IPv6 that is given out: IETF protocols with Teredo, documentation, 6to4. */
const IPV6_REFUSED: readonly string[] = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
const IPV6_GLOBAL = '2000::/3';

/** Compiled ranges. Build it once with `cidrList`; asking it is cheap. */
export interface CidrList {
  /** `address` is an IPv4 or IPv6 literal without brackets or zone. */
  has(address: string): boolean;
}

/** Compiles CIDR ranges (`127.0.0.0/8`, `fd00::/8`; a bare address is a range of one). Throws RangeError on anything else. */
export function cidrList(cidrs: readonly string[]): CidrList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const slash = cidr.indexOf('/');
    const address = slash === -1 ? cidr : cidr.slice(0, slash);
    const family = isIP(address);
    if (family === 0) throw new RangeError(`not a CIDR range: ${cidr}`);
    const bits = slash === -1 ? (family === 4 ? 32 : 128) : Number(cidr.slice(slash + 1));
    if (!Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128) || cidr.endsWith('/')) {
      throw new RangeError(`not a CIDR range: ${cidr}`);
    }
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return { has: (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6') };
}

const refused4 = cidrList(IPV4_REFUSED);
const refused6 = cidrList(IPV6_REFUSED);
const global6 = cidrList([IPV6_GLOBAL]);

/**
 * True if the address is globally reachable, or lies in `allow`.
 * IPv4-mapped (`::ffff:a.b.c.d`) and NAT64 (`64:ff9b::/96`) addresses are judged by the IPv4 address inside them;
 * 6to4, Teredo, IPv4-compatible and everything that IANA has not given out is refused. Text that is no address is refused.
 */
export function isPublicAddress(ip: string, allow?: CidrList): boolean {
  const address = bare(ip);
  if (isIP(address) === 0) return false;
  if (allow?.has(address) === true) return true;
  if (isIPv4(address)) return !refused4.has(address);
  const inner = embeddedIpv4(address);
  if (inner !== undefined) return allow?.has(inner) === true || !refused4.has(inner);
  return global6.has(address) && !refused6.has(address);
}

/** Without the brackets of a URL and the zone of a link-local address. */
function bare(ip: string): string {
  const open = ip.startsWith('[') && ip.endsWith(']') ? ip.slice(1, -1) : ip;
  const zone = open.indexOf('%');
  return zone === -1 ? open : open.slice(0, zone);
}

/** The IPv4 address that a mapped or NAT64 address leads to. */
function embeddedIpv4(ipv6: string): string | undefined {
  const groups = ipv6Groups(ipv6);
  const zeros = (from: number, to: number) => groups.slice(from, to).every((group) => group === 0);
  const mapped = zeros(0, 5) && groups[5] === 0xffff;
  const nat64 = groups[0] === 0x64 && groups[1] === 0xff9b && zeros(2, 6);
  if (!mapped && !nat64) return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** Eight numbers. The URL parser brings every spelling of a valid address into one form. */
function ipv6Groups(ipv6: string): number[] {
  const text = new URL(`http://[${ipv6}]/`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const left = numbers(head);
  if (tail === undefined) return left;
  const right = numbers(tail);
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}
