export { audit } from './audit.ts';
export type { AuditOptions, AuditParts } from './audit-run.ts';
export { type AuditStore, createRedisAuditStore } from './audit-store.ts';
export { type Finding, type FindingCode, findingCodes } from './findings.ts';
export { type AuditProgress, auditPhases, balanceOf, isBalanced, newProgress } from './progress.ts';
