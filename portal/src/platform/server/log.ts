import { type DestinationStream, pino } from 'pino'
import { safeError } from './safe-error.ts'

/** Structured log lines without personal data. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * JSON lines on standard output. Fields whose names tell of a person or a secret are blanked, at the top and one level down:
 * a belt beside the braces, since no caller should pass them.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: personal.flatMap(name => [name, `*.${name}`]), censor: '[removed]' },
      serializers: { error: safeError },
    },
    destination as DestinationStream,
  )
}

const personal = [
  ...[
    'email',
    'phone',
    'password',
    'token',
    'secret',
    'cookie',
    'authorization',
    'contact',
    'address',
    'to',
    'replyTo',
    'subject',
    'text',
  ],
  ...['html', 'body', 'displayName', 'contactName', 'url', 'databaseUrl', 'smtpUrl', 'smsUrl', 'filesUrl'],
]
