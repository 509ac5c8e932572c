import { enableCompileCache } from 'node:module';

// Half of a short command's time is compiling: what has been compiled once is kept in the folder for temporary files.
enableCompileCache();
await import('./run.ts');
