export { type LocalConfig, readLocalConfig } from './config.ts';
export { isRunning, nameProcess, type ProcessName, signal, waitUntil } from './processes.ts';
export { ensureStack, type ServerStatus, type StackStatus, stackStatus, startStack, stopStack } from './stack.ts';
export { StackError } from './stack-error.ts';
export type { Stack, StackOptions } from './stack-types.ts';
