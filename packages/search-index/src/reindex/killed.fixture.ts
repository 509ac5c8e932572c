import { createElasticsearchClient } from '../elasticsearch.ts';
import { reindex } from './reindex.ts';
import { betterHeadlines } from './rewriting.fixture.ts';

// A process that reindexes and is killed, as by the kernel, the moment the given step begins. It may make documents anew
// on their way, to `fill` a new index or to `switch` to it.
const [url = '', prefix = '', step = '', rewriting] = process.argv.slice(2);
const run = {
  client: createElasticsearchClient({ url }),
  prefix,
  leaseMs: 1_000,
  onProgress: (progress: { readonly step: string }) => {
    if (progress.step === step) process.kill(process.pid, 'SIGKILL');
  },
};
if (rewriting === 'fill') await reindex({ ...run, rewriting: betterHeadlines, hold: true });
else if (rewriting === 'switch') await reindex({ ...run, rewriting: betterHeadlines, resume: true });
else await reindex(run);
