export * from './backoff.ts';
export * from './health-server.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './read-config.ts';
export * from './run-service.ts';
export * from './run-stage.ts';
export * from './stage.ts';
