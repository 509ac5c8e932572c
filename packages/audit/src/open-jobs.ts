import { pipeline, type StageName } from '@newsmill/contracts';
import type { AuditParts } from './audit-run.ts';

/** A little old is good enough for a first look. */
const freshMs = 5_000;

/** Which jobs are in the queues, looked up as seldom as possible: an answer holds the ids of all of them. */
export class OpenJobs {
  readonly #jobs: AuditParts['jobs'];
  readonly #clock: () => number;
  readonly #known = new Map<StageName, { readonly at: number; readonly ids: ReadonlySet<string> }>();

  constructor(jobs: AuditParts['jobs'], clock: () => number) {
    this.#jobs = jobs;
    this.#clock = clock;
  }

  async ids(stage: StageName): Promise<ReadonlySet<string>> {
    const known = this.#known.get(stage);
    if (known !== undefined && this.#clock() - known.at < freshMs) return known.ids;
    const ids = await this.#jobs.ids(pipeline[stage].queue);
    this.#known.set(stage, { at: this.#clock(), ids });
    return ids;
  }

  /** The next answers are of now. */
  forget(): void {
    this.#known.clear();
  }
}
