import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger };

/** JSON lines, on stdout unless told otherwise. Whatever looks like a credential is cut out, also inside URLs. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.password', '*.authorization', '*.cookie', '*.apiKey', 'password', 'authorization', 'cookie', 'apiKey'],
      censor: '[redacted]',
    },
    formatters: { level: (label) => ({ level: label }) },
    // Wherever it stands: in a message, an address, an error's text.
    hooks: { streamWrite: (line) => (line.includes('@') ? withoutCredentials(line) : line) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** `redis://user:secret@host` → `redis://***@host`, for messages that people see. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@\s"\\]{1,300}@/g, '//***@');
}
