import { runService, type ServiceKit } from '../../../packages/service-kit/src/index.ts';
import { readSettings } from '../../../services/api/src/config.ts';
import { createApiService } from '../../../services/api/src/index.ts';
import { type CrashPoint, crashingAt } from './crash-point.ts';
import { roots } from './roots.ts';

/** A service as in production, except that it may be told to kill itself at a certain point. */
const [, , name = '', point] = process.argv;
const api = { readSettings, create: createApiService };
const root = name === 'api' ? api : roots[name as keyof typeof roots];
const decorate =
  point === undefined
    ? undefined
    : crashingAt(JSON.parse(point) as CrashPoint, () => process.kill(process.pid, 'SIGKILL'));
await runService(name, root.readSettings as never, (config, kit: ServiceKit) =>
  (root.create as (config: unknown, kit: ServiceKit) => ReturnType<typeof roots.crawler.create>)(config, {
    ...kit,
    ...(decorate && { decorate }),
  }),
);
