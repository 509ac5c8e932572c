import { quarantineReasons, stageNames } from '@newsmill/contracts';

const text = { type: 'string' };
const time = { type: 'string', format: 'date-time' };
const reason = { ...text, enum: Object.keys(quarantineReasons) };
const stage = { ...text, enum: [...stageNames] };

export const filterProperties = {
  reason: { ...reason, description: 'Only with this reason.' },
  stage: { ...stage, description: 'Only of this stage.' },
  host: { ...text, description: 'Only about pages of this host.', examples: ['www.example.com'] },
  olderThan: { ...text, description: 'Only those that have been there for so long.', examples: ['6h', '7d'] },
};

const example = {
  id: 'parse/u0kUoo3WUvnKFgEH4QK_lA-1',
  stage: 'parse',
  jobId: 'u0kUoo3WUvnKFgEH4QK_lA-1',
  reason: 'parse_timeout',
  message: 'took more than 5000 ms',
  attempts: 2,
  quarantinedAt: '2026-03-01T08:00:00.000Z',
  url: 'https://www.longyuan.example/2022/01/26/1.shtml',
  host: 'www.longyuan.example',
  captureRef: '20260301T075900-9f2c61d0-0001.warc.gz#1043+5120',
  retries: [],
};

export const entrySchema = {
  title: 'QuarantineEntry',
  examples: [example],
  type: 'object',
  properties: {
    id: { ...text, description: '`<stage>/<job id>`.' },
    stage,
    jobId: text,
    reason,
    message: { ...text, description: 'What went wrong.' },
    attempts: { type: 'integer' },
    quarantinedAt: time,
    url: text,
    host: text,
    hostId: text,
    captureRef: { ...text, description: 'Where the raw page lies in the archive.' },
    articleRef: { ...text, description: 'Where the article lies in the archive that was too large for its job.' },
    payload: { type: 'object', description: 'The job as it was delivered. Not in lists.' },
    retries: {
      type: 'array',
      description: 'What had happened to the same job before, the first time first.',
      items: {
        title: 'QuarantineRetry',
        type: 'object',
        properties: { at: time, quarantinedAt: time, reason, message: text },
        required: ['at', 'quarantinedAt', 'reason', 'message'],
      },
    },
    retriedAt: { ...time, description: 'It was put back then, and has not come back since.' },
  },
  required: ['id', 'stage', 'jobId', 'reason', 'message', 'attempts', 'quarantinedAt', 'retries'],
};

export const listSchema = {
  title: 'QuarantineList',
  type: 'object',
  properties: {
    total: { type: 'integer', description: 'In quarantine, whatever was asked for.' },
    evicted: { type: 'integer', description: 'Entries that had to go because newer ones needed the room.' },
    entries: { type: 'array', items: entrySchema },
  },
  required: ['total', 'evicted', 'entries'],
};

export const retriedSchema = {
  title: 'QuarantineRetried',
  type: 'object',
  properties: {
    retried: { type: 'integer', description: 'Back on their queues.' },
    obsolete: { type: 'integer', description: 'Dropped, because the page was fetched again since.' },
    failures: {
      type: 'array',
      items: { type: 'object', properties: { id: text, why: text }, required: ['id', 'why'] },
    },
    more: { type: 'boolean', description: 'More match: ask again.' },
  },
  required: ['retried', 'obsolete', 'failures', 'more'],
};

export const droppedSchema = {
  title: 'QuarantineDropped',
  type: 'object',
  properties: { dropped: { type: 'integer' }, more: { type: 'boolean', description: 'More match: ask again.' } },
  required: ['dropped', 'more'],
};

export const idParameters = {
  type: 'object',
  properties: { stage, jobId: { ...text, description: 'The id behind the stage.' } },
  required: ['stage', 'jobId'],
};
