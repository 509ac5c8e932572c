import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditRun, Suspicion } from './audit-run.ts';

/** What still changes after so many looks is work in flight. */
const looksMax = 5;
/** So many are gathered before the audit waits for them to settle. */
const gatheredMax = 20_000;
/** Confirmed ones are dealt with so many at a time. */
const atOnce = 32;

/**
 * Gathers what looks wrong and looks again after a while, because everything is written by others meanwhile: only what stays
 * exactly as wrong as it was is a contradiction.
 */
export class Suspicions<Subject> {
  readonly #run: AuditRun;
  readonly #look: (subjects: readonly Subject[]) => Promise<readonly Suspicion<Subject>[]>;
  readonly #confirmed: (suspicion: Suspicion<Subject>) => Promise<void>;
  readonly #nameOf: ((subject: Subject) => string) | undefined;
  #gathered: Suspicion<Subject>[] = [];

  constructor(
    run: AuditRun,
    /** Tells what is wrong with subjects as they are now. */
    look: (subjects: readonly Subject[]) => Promise<readonly Suspicion<Subject>[]>,
    confirmed: (suspicion: Suspicion<Subject>) => Promise<void>,
    /** Subjects of one name are dealt with one after another. */
    nameOf?: (subject: Subject) => string,
  ) {
    this.#nameOf = nameOf;
    this.#run = run;
    this.#look = look;
    this.#confirmed = confirmed;
  }

  /** Looks at subjects for the first time. */
  async check(subjects: readonly Subject[]): Promise<void> {
    if (subjects.length > 0) await this.gather(await this.#look(subjects));
  }

  /** Takes what somebody else's first look has found. */
  async gather(suspicions: readonly Suspicion<Subject>[]): Promise<void> {
    this.#gathered.push(...suspicions);
    if (this.#gathered.length >= gatheredMax) await this.settle();
  }

  /** Waits until it is known of all that was gathered. */
  async settle(): Promise<void> {
    let open = this.#gathered;
    this.#gathered = [];
    for (let looks = 0; open.length > 0 && looks < looksMax; looks += 1) {
      const { settleMs, signal } = this.#run;
      await sleep(settleMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      signal?.throwIfAborted();
      const before = new Map(open.map(({ subject, code, state }) => [subject, `${code} ${state}`]));
      const still = await this.#look(open.map(({ subject }) => subject));
      open = [];
      const confirmed: Suspicion<Subject>[] = [];
      for (const suspicion of still) {
        const same = before.get(suspicion.subject) === `${suspicion.code} ${suspicion.state}`;
        (same ? confirmed : open).push(suspicion);
      }
      await this.#conclude(confirmed);
    }
  }

  async #conclude(confirmed: readonly Suspicion<Subject>[]): Promise<void> {
    const nameOf = this.#nameOf;
    const groups = nameOf
      ? Map.groupBy(confirmed, ({ subject }) => nameOf(subject)).values()
      : confirmed.map((one) => [one]).values();
    const work = async (): Promise<void> => {
      for (const group of groups) {
        for (const suspicion of group) {
          this.#run.signal?.throwIfAborted();
          await this.#confirmed(suspicion);
        }
      }
    };
    // One iterator for all.
    await Promise.all(Array.from({ length: atOnce }, work));
  }
}
