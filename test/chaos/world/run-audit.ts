import { auditPipeline } from '../../../services/cli/src/commands/audit.ts';

export interface AuditResult {
  readonly balanced: boolean;
  /** `code: what`, for each contradiction. */
  readonly findings: readonly string[];
}

/** `newsmill audit --json` on a world's servers. */
export async function runAudit(
  servers: {
    readonly redisUrl: string;
    readonly elasticsearchUrl: string;
    readonly prefix: string;
    readonly archiveDir: string;
  },
  flags: { readonly repair: boolean },
): Promise<AuditResult> {
  const lines: string[] = [];
  const output = { out: (text: string) => void lines.push(text), err: () => {}, live: () => {}, color: false };
  const config = {
    REDIS_URL: servers.redisUrl,
    REDIS_PREFIX: servers.prefix,
    ELASTICSEARCH_URL: servers.elasticsearchUrl,
    ELASTICSEARCH_PREFIX: servers.prefix,
    ARCHIVE_DIR: servers.archiveDir,
    API_PORT: 0,
    dataDir: servers.archiveDir,
  };
  await auditPipeline(
    config as Parameters<typeof auditPipeline>[0],
    output as Parameters<typeof auditPipeline>[1],
    { json: true, settle: 1, ...flags },
    new AbortController().signal,
  );
  const { balanced, findings } = JSON.parse(lines.join('\n')) as {
    balanced: boolean;
    findings: { code: string; url?: string; host?: string; subject?: string }[];
  };
  return { balanced, findings: findings.map(({ code, url, host, subject }) => `${code}: ${url ?? host ?? subject}`) };
}
