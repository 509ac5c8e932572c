export { type CidrList, cidrList, isPublicAddress } from './address.ts';
export { type CanonicalizeResult, canonicalizeUrl, normalizePercent, URL_LENGTH_MAX } from './canonicalize.ts';
export { hostIdOf, hostKeyOf, siteDomain, urlIdOf } from './ids.ts';
export { guessLinkKind, guessPathKind } from './link-kind.ts';
export type { UrlRefusal } from './refusal.ts';
export { type LinkResolver, linkResolver } from './resolve-link.ts';
export { compileScope, type Scope, type ScopeRules, type ScopeVerdict } from './scope.ts';
export { splitCanonical, type UrlParts } from './split.ts';
export {
  checkTarget,
  DEFAULT_PORTS,
  guardUrl,
  matchName,
  type TargetOptions,
  type TargetPolicy,
  targetPolicy,
} from './target.ts';
export { looksLikeTrap, type TrapReason } from './trap.ts';
export { type UnwantedReason, unwantedPath, unwantedReason } from './unwanted.ts';
