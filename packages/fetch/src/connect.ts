import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { isPublicAddress, matchName, type TargetPolicy } from '@newsmill/core';
import { buildConnector } from 'undici';
import { FetchError } from './outcome.ts';
import { type ForwardProxy, openTunnel } from './tunnel.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name. Rejects with a Node DNS error (`ENOTFOUND`, `EAI_AGAIN`, …). */
export type ResolveName = (hostname: string) => Promise<readonly Address[]>;

export interface ConnectOptions {
  readonly policy: TargetPolicy;
  /** Name (or `*.suffix`) → `address:port`, like curl's --connect-to. */
  readonly resolve: ReadonlyMap<string, MappedTarget>;
  readonly resolveName: ResolveName;
  readonly timeoutMs: number;
  /** PEM certificates to trust beside the system's. */
  readonly ca?: string;
  /** Offer HTTP/2 to TLS servers. */
  readonly http2?: boolean;
  /** Every connection goes through it. */
  readonly proxy?: ForwardProxy | undefined;
}

export interface MappedTarget {
  readonly address: string;
  /** 0: the URL's own port. */
  readonly port: number;
}

/** A name with a thousand addresses is not tried a thousand times. */
const ADDRESSES_MAX = 8;
/** Node's 250 ms gives up too early on a host on the other side of the world that has several addresses. */
const ATTEMPT_MS = 1_500;

export const resolveBySystem: ResolveName = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

/** Reads a resolve map: `{'*.example.test': '127.0.0.1:8080'}`. Throws RangeError where a value is no address. */
export function readResolveMap(map: Readonly<Record<string, string>>): ReadonlyMap<string, MappedTarget> {
  return new Map(
    Object.entries(map).map(([name, value]) => {
      const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(value);
      const address = match?.[1] ?? match?.[2] ?? '';
      if (isIP(address) === 0) throw new RangeError(`resolve map: ${name} leads to ${value}, which is no address:port`);
      return [name.toLowerCase(), { address, port: Number(match?.[3] ?? 0) }];
    }),
  );
}

/**
 * The second half of the guard: a connector that connects only to an address that was judged. Literals and mapped
 * addresses are judged here; of a name every answer is judged in the lookup that node:net itself connects by, so there is no
 * second lookup that could answer differently. One private answer refuses them all.
 */
export function createConnector(options: ConnectOptions): buildConnector.connector {
  const { policy, resolve } = options;
  const judge = (hostname: string, addresses: readonly Address[]) => {
    const bad = addresses.find(({ address }) => !isPublicAddress(address, policy.allow));
    if (bad === undefined) return;
    throw new FetchError('private_address', `${hostname} leads to ${bad.address}, which is not public`);
  };

  const lookup: LookupFunction = (hostname, { all }, callback) => {
    options.resolveName(hostname).then(
      (answers) => {
        try {
          judge(hostname, answers);
        } catch (error) {
          callback(error as Error, '');
          return;
        }
        const [first] = answers;
        if (first === undefined) callback(new FetchError('dns_not_found', `${hostname} has no address`), '');
        else if (all === true) callback(null, answers.slice(0, ADDRESSES_MAX) as Address[]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, ''),
    );
  };

  const connect = buildConnector({
    allowH2: options.http2 ?? false,
    timeout: options.timeoutMs,
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  } as buildConnector.BuildOptions);

  /** Where a target is reached without a lookup of a name. */
  const placed = (target: buildConnector.Options) => {
    const { hostname } = target;
    const pattern = matchName(hostname, (each) => resolve.has(each));
    const mapped = pattern === undefined ? undefined : resolve.get(pattern);
    const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    const address = mapped?.address ?? (isIP(literal) === 0 ? undefined : literal);
    const port = mapped === undefined || mapped.port === 0 ? target.port : String(mapped.port);
    // The certificate has to be the name's, not the address's.
    const name = target.servername ?? (isIP(literal) === 0 ? hostname : undefined);
    const tls = target.protocol === 'https:' && name !== undefined ? { servername: name } : {};
    if (address !== undefined) judge(hostname, [{ address, family: isIP(address) }]);
    return { address, port, tls };
  };

  /** The judged address of a target, in person or by name. */
  async function through(proxy: ForwardProxy, target: buildConnector.Options) {
    const place = placed(target);
    const answers = place.address === undefined ? await options.resolveName(target.hostname) : [];
    judge(target.hostname, answers);
    const address = place.address ?? answers[0]?.address;
    if (address === undefined) throw new FetchError('dns_not_found', `${target.hostname} has no address`);
    const port = Number(place.port || (target.protocol === 'https:' ? 443 : 80));
    const socket = await openTunnel(proxy, address, port, options.timeoutMs);
    return { socket, address, tls: place.tls };
  }

  return (target, callback) => {
    const { proxy } = options;
    if (proxy !== undefined) {
      through(proxy, target).then(
        ({ socket, address, tls }) => {
          // What is connected to is the proxy; whom it leads to is what counts.
          const reached = (each: Socket) => Object.assign(each, { judgedAddress: address });
          if (target.protocol !== 'https:') return callback(null, reached(socket));
          connect({ ...target, ...tls, httpSocket: socket }, (...[error, secured]) =>
            error === null ? callback(null, reached(secured)) : callback(error, null),
          );
        },
        (error: unknown) => callback(error as Error, null),
      );
      return;
    }
    try {
      const { address, port, tls } = placed(target);
      if (address === undefined) connect(target, callback);
      else {
        const { servername: _, ...rest } = target;
        connect({ ...rest, hostname: address, port, ...tls }, callback);
      }
    } catch (error) {
      callback(error as Error, null);
    }
  };
}

/** The address that a connection leads to. */
export const addressOf = (socket: Socket & { readonly judgedAddress?: string }): string | undefined =>
  socket.judgedAddress ?? socket.remoteAddress;
