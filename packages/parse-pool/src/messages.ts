import type { Observation, SiteMemory } from '@newsmill/core';
import type { PageAnswer, PageRequest, ReadingSettings } from './port.ts';

/** What a reading process is told. `settings` comes first and once; then one page at a time. */
export type ToProcess =
  | { readonly type: 'settings'; readonly settings: ReadingSettings }
  | {
      readonly type: 'page';
      readonly request: Omit<PageRequest, 'memory'>;
      readonly memory?: MemoryMessage | undefined;
      /** Sites whose memory is not needed any more. */
      readonly forget: readonly string[];
    };

/** The memory of the page's site: its base if the process has not got it, and the lessons that it has not heard. */
export interface MemoryMessage {
  readonly site: string;
  readonly base?: SiteMemory | undefined;
  readonly lessons: readonly Observation[];
}

export type FromProcess =
  | { readonly type: 'ready' }
  | {
      readonly type: 'answer';
      readonly answer: PageAnswer;
      /** Processor time since the last answer, … */
      readonly cpuSeconds: number;
      /** … and since the process began. */
      readonly cpuSecondsInAll: number;
    }
  | { readonly type: 'threw'; readonly message: string };
