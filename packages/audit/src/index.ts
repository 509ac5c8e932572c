export { audit } from './audit.ts';
export type { AuditOptions, AuditParts } from './audit-run.ts';
export { type AuditStore, createRedisAuditStore } from './audit-store.ts';
export { type Finding, type FindingCode, findingCodes } from './findings.ts';
export { type AuditPhase, type AuditProgress, balanceOf, isBalanced } from './progress.ts';
