/** Logs: a constant message with facts as fields, one JSON object a line on stderr. Never personal data. */
import winston from 'winston'

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export function createLog(level: string): Log {
  const logger = winston.createLogger({
    level,
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn', 'info', 'debug'] })],
  })
  // Winston formats what no transport will write.
  const isDebugging = logger.isLevelEnabled('debug')
  return {
    debug: (message, fields) => void (isDebugging && logger.debug(message, fields)),
    info: (message, fields) => void logger.info(message, fields),
    warn: (message, fields) => void logger.warn(message, fields),
    error: (message, fields) => void logger.error(message, fields),
  }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** What a failure may say in a log: its code or kind and our own message, never the input that caused it. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: 'unknown' }
  const code = 'code' in error ? String(error.code) : error.name
  return { error: code, detail: error.message.slice(0, 300) }
}
