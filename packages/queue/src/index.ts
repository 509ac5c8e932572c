export * from './bullmq.ts';
export * from './memory.ts';
export * from './port.ts';
export * from './quarantine.ts';
