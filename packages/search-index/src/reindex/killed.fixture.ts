import { createElasticsearchClient } from '../elasticsearch.ts';
import { reindex } from './reindex.ts';

// A process that reindexes and is killed, as by the kernel, the moment the given step begins.
const [url = '', prefix = '', step = ''] = process.argv.slice(2);
await reindex({
  client: createElasticsearchClient({ url }),
  prefix,
  leaseMs: 1_000,
  onProgress: (progress) => {
    if (progress.step === step) process.kill(process.pid, 'SIGKILL');
  },
});
