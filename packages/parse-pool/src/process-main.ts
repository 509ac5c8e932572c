import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { learn, type SiteMemory } from '@newsmill/core';
import type { FromProcess, MemoryMessage, ToProcess } from './messages.ts';
import { createReadPage, type ReadPage } from './read-page.ts';

/**
 * A reading process: reads the pages it is handed, one after another, and ends when the channel to its parent does.
 * It has no connection to anything else, and whatever a page does to it costs that page alone.
 */

/**
 * A page that never ends keeps this thread from noticing that the parent has gone; then another one notices. It is
 * JavaScript in a string because the thread is to load nothing.
 */
const watchdog = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, 1000);
`;

let readPage: ReadPage | undefined;
const memories = new Map<string, SiteMemory>();

const tell = (message: FromProcess): void => {
  process.send?.(message);
};

let told = 0;
/** Collecting garbage between pages counts too. */
function processorTime(): { readonly cpuSeconds: number; readonly cpuSecondsInAll: number } {
  const { user, system } = process.cpuUsage();
  const all = (user + system) / 1e6;
  const since = all - told;
  told = all;
  return { cpuSeconds: since, cpuSecondsInAll: all };
}

function recall(message: MemoryMessage | undefined): SiteMemory | undefined {
  if (message === undefined) return undefined;
  const base = message.base ?? memories.get(message.site);
  if (base === undefined) throw new Error(`the memory of ${message.site} was never sent`);
  const memory = message.lessons.length === 0 ? base : learn(base, ...message.lessons);
  memories.set(message.site, memory);
  return memory;
}

process.on('message', (message: ToProcess) => {
  try {
    if (message.type === 'settings') {
      readPage = createReadPage(message.settings);
      tell({ type: 'ready' });
      return;
    }
    for (const site of message.forget) memories.delete(site);
    const memory = recall(message.memory);
    if (readPage === undefined) throw new Error('a page came before the settings');
    const answer = readPage(message.request, memory);
    tell({ type: 'answer', answer, ...processorTime() });
  } catch (error) {
    tell({ type: 'threw', message: error instanceof Error ? error.message : String(error) });
  }
});

new Worker(watchdog, {
  eval: true,
  resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
}).unref();
try {
  // Where the machine itself runs out of memory, Linux is to end this process and not the service it works for.
  writeFileSync('/proc/self/oom_score_adj', '800');
} catch {
  // Not Linux, or not allowed: then the kernel chooses as it sees fit.
}
