import { writeFileSync } from 'node:fs';
import { clientTypes } from './client-types.ts';
import { describeApi } from './describe-api.ts';

const file = new URL('../../../packages/client/src/operations.ts', import.meta.url);
writeFileSync(file, clientTypes(await describeApi()));
