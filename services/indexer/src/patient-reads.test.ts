import { RetryLaterError } from '@newsmill/contracts';
import { SearchUnavailableError } from '@newsmill/search-index';
import { expect, it } from 'vitest';
import { patientReads } from './patient-reads.ts';

const failing = (error: Error) => patientReads({ get: async () => Promise.reject(error) });

it('costs a job time and no attempt while Elasticsearch is away, and hides no other fault', async () => {
  await expect(failing(new SearchUnavailableError('no answer')).get('id')).rejects.toThrow(RetryLaterError);
  await expect(failing(new SearchUnavailableError('no answer')).get('id')).rejects.toMatchObject({ delayMs: 5_000 });
  await expect(failing(new TypeError('a bug')).get('id')).rejects.toThrow(TypeError);
  expect(await patientReads({ get: async () => undefined }).get('id')).toBeUndefined();
});
