import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readS3Address } from './files-s3.ts'
import { type LogLevel, logLevels } from './log.ts'
import { type MasterKey, readMasterKeys } from './master-keys.ts'
import { type OidcProvider, readOidcProviders } from './oidc-providers.ts'
import { readAliyunAddress } from './sms-aliyun.ts'
import { StartFailure } from './start-failure.ts'
import type { TlsSettings } from './tls.ts'

/** Everything an operator can set, read once at start from environment variables. */
export interface Config {
  /** demo: makes its own secrets and keeps outgoing mail to itself. production: demands both. */
  mode: 'demo' | 'production'
  host: string
  /** 0: the system picks one */
  port: number
  /** origin under which visitors reach the portal, without a slash at the end */
  publicUrl: string
  /** absolute path: secrets, files, the embedded database */
  dataDir: string
  /** null: the embedded PostgreSQL */
  databaseUrl: string | null
  databasePool: number
  /** null: mail is caught and shown in the console (demo only) */
  smtpUrl: string | null
  /** null: text messages are caught and shown in the console (demo), or there are none (production) */
  smsUrl: string | null
  /** country codes of numbers that are sent text messages: '+86' */
  smsCountries: string[]
  /** text messages to all numbers together within an hour */
  smsPerHour: number
  /** null: files lie in dataDir */
  filesUrl: string | null
  /** null: files are not scanned for viruses */
  scannerUrl: string | null
  mailFrom: string
  sessionSecret: string
  /** wrap the keys that encrypt personal data; the first wraps, all unwrap */
  encryptionKeys: MasterKey[]
  logLevel: LogLevel
  /** where leaked passwords are looked up by the range protocol; null: nowhere */
  passwordBreachUrl: string | null
  /** who may say by OpenID Connect who somebody is */
  oidcProviders: OidcProvider[]
  /** whether staff may sign in without a second factor */
  staffSecondFactor: 'required' | 'offered'
  /** how long people stay signed in: without a request, and in all */
  sessions: Record<'staff' | 'customer', { idleMinutes: number; hours: number }>
  /** addresses that people typed may be of this machine and of private networks */
  outgoingPrivate: boolean
  /** proxies before the portal whose X-Forwarded-* headers tell the visitor's address and origin; 0: none is believed */
  trustProxy: number
  /** browsers are told to use https for hosts below this one too */
  hstsSubdomains: boolean
  /** null: the portal speaks plain HTTP, and TLS is a proxy's business */
  tls: TlsSettings | null
  /** what Prometheus shows to read /metrics; null: only programs on this machine read it */
  metricsToken: string | null
  /** where traces go; null: none are made */
  tracesUrl: string | null
  /** null: no backups are made by themselves, and the write-ahead log is not archived */
  backup: BackupConfig | null
}

export interface BackupConfig {
  /** absolute path */
  dir: string
  /** milliseconds between full backups */
  every: number
  /** full backups that are kept */
  keep: number
  /** seconds of work that may be missing in the archive of the write-ahead log */
  lag: number
  /** backups are encrypted under it; null: they are not */
  secret: string | null
}

interface Setting {
  /** values it takes, for the documentation */
  values: string
  /** what holds where it is not set, for the documentation */
  preset: string
  meaning: string
  schema: z.ZodType<string, string>
}

const url = (protocols: string[]) =>
  z.string().refine(value => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `is not a ${protocols.map(protocol => `${protocol}//`).join(' or ')} address`,
    abort: true,
  })

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number from 0 to 65535')
  .refine(value => Number(value) <= 65535, 'is not a port number from 0 to 65535')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      value => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `is not a whole number from ${least} to ${most}`,
    )

/** Every setting there is; docs/guides/configuration.md lists the same, held together by a test. */
export const settings = {
  FETTLE_MODE: {
    values: '`demo`, `production`',
    preset: '`demo`',
    meaning: 'Demo makes its own secrets and catches outgoing mail; production demands both settings.',
    schema: z.enum(['demo', 'production'], 'is neither demo nor production'),
  },
  HOST: {
    values: 'an address or host name',
    preset: '`127.0.0.1` in demo, `0.0.0.0` in production',
    meaning: 'The address the portal listens on.',
    schema: z.string().regex(/^[\w.:-]+$/, 'is not an address or host name'),
  },
  PORT: {
    values: '`0` to `65535`',
    preset: '`3000`',
    meaning: 'The port the portal listens on; `0` lets the system pick a free one.',
    schema: portNumber,
  },
  PUBLIC_URL: {
    values: 'an origin such as `https://portal.example.com`',
    preset: '`http://localhost:<PORT>`',
    meaning: 'Where visitors reach the portal; stands in mails, links and the sitemap. In production it begins with https.',
    schema: url(['http:', 'https:']).refine(
      value => new URL(value).pathname === '/' && !new URL(value).search,
      'has a path, and an origin has none',
    ),
  },
  DATA_DIR: {
    values: 'a folder',
    preset: '`./data`',
    meaning: 'Secrets made by the portal, files, and the embedded database.',
    schema: z.string().min(1, 'is empty'),
  },
  DATABASE_URL: {
    values: '`postgres://user:password@host:5432/name`',
    preset: 'the embedded PostgreSQL',
    meaning: 'A PostgreSQL server of version 15 or newer to use instead of the embedded one.',
    schema: url(['postgres:', 'postgresql:']),
  },
  DATABASE_POOL: {
    values: '`4` to `200`',
    preset: '`10`',
    meaning: 'Connections one portal process opens to the database at most.',
    schema: z
      .string()
      .refine(value => /^\d+$/.test(value) && Number(value) >= 4 && Number(value) <= 200, 'is not a whole number from 4 to 200'),
  },
  SMTP_URL: {
    values: '`smtp://user:password@host:587` or `smtps://…`',
    preset: 'demo catches mail and shows it in the console; production demands it',
    meaning: 'The server that delivers outgoing mail.',
    schema: url(['smtp:', 'smtps:']),
  },
  MAIL_FROM: {
    values: 'an address, or `Name <address>`',
    preset: '`Fettle <portal@localhost>` in demo; production demands it',
    meaning: 'The sender of outgoing mail.',
    schema: z.string().regex(/^([^<>\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/, 'is not a mail address'),
  },
  SMS_URL: {
    values: '`aliyun://keyId:secret@dysmsapi.aliyuncs.com?sign=…&codeTemplate=SMS_…`, see [text messages](text-messages.md)',
    preset: 'demo catches text messages and shows them in the console; production has no sign-in by phone',
    meaning: 'The carrier of text messages: Alibaba Cloud SMS.',
    schema: url(['aliyun:']).superRefine((value, context) => {
      try {
        readAliyunAddress(value)
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message })
      }
    }),
  },
  SMS_COUNTRIES: {
    values: 'country codes with commas, such as `+86,+852`',
    preset: '`+86`',
    meaning: 'Numbers of which countries are sent text messages. Each further one is a way to spend your money.',
    schema: z.string().regex(/^\+[1-9]\d{0,3}( ?, ?\+[1-9]\d{0,3}){0,99}$/, 'is not a list of country codes'),
  },
  SMS_PER_HOUR: {
    values: '`1` to `100000`',
    preset: '`500`',
    meaning: 'The most text messages within an hour, to all numbers together.',
    schema: wholeNumber(1, 100_000),
  },
  FILES_URL: {
    values: '`s3://key:secret@host:port/bucket/folder?region=…`, with `&tls=false` and `&style=host` where the store wants that',
    preset: 'a folder of `DATA_DIR`',
    meaning: 'A store with the S3 protocol for uploaded files.',
    schema: url(['s3:']).superRefine((value, context) => {
      try {
        readS3Address(value)
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message })
      }
    }),
  },
  SCANNER_URL: {
    values: '`clamd://host:3310`, or `clamd:///run/clamav/clamd.sock` for a socket of this machine',
    preset: 'uploaded files are not scanned, and the console says so',
    meaning: 'The ClamAV daemon that scans uploaded files for viruses.',
    schema: url(['clamd:']),
  },
  SESSION_SECRET: {
    values: '32 characters or more',
    preset: 'demo makes one and keeps it in `DATA_DIR`; production demands it',
    meaning: 'Signs sessions and links. Whoever knows it can sign in as anybody; changing it signs everybody out.',
    schema: z.string().min(32, 'is shorter than 32 characters'),
  },
  ENCRYPTION_KEYS: {
    values: '`name:base64` of 32 bytes; several with commas',
    preset: 'demo makes one and keeps it in `DATA_DIR`; production demands it',
    meaning:
      'Keys that protect the keys in the database which encrypt personal data. The first is used; further ones still open what they closed. Without them that data is lost.',
    schema: z
      .string()
      .refine(value => readMasterKeys(value) !== null, 'is not a list of names, each with 32 bytes in base64, none twice'),
  },
  PASSWORD_BREACH_URL: {
    values: 'an address such as `https://api.pwnedpasswords.com/range`',
    preset: 'nothing is looked up',
    meaning:
      'Where new passwords are looked up among leaked ones, by the range protocol of Have I Been Pwned: only five digits of a hash leave the house.',
    schema: url(['http:', 'https:']),
  },
  OIDC_PROVIDERS: {
    values: 'JSON, see [single sign-on](single-sign-on.md)',
    preset: 'none',
    meaning: 'Providers of OpenID Connect by which staff or customers may sign in.',
    schema: z.string().startsWith('[', 'is not a JSON list'),
  },
  STAFF_SECOND_FACTOR: {
    values: '`required`, `offered`',
    preset: '`offered` in demo, `required` in production',
    meaning: 'Whether staff must have an authenticator app or a passkey; who has none sets it up at the next sign-in.',
    schema: z.enum(['required', 'offered'], 'is neither required nor offered'),
  },
  STAFF_SESSION_HOURS: {
    values: '`1` to `720`',
    preset: '`24`',
    meaning: 'Staff sign in again after so many hours.',
    schema: wholeNumber(1, 720),
  },
  STAFF_IDLE_MINUTES: {
    values: '`5` to `43200`',
    preset: '`240`',
    meaning: 'Staff are signed out after so many minutes without a request.',
    schema: wholeNumber(5, 43_200),
  },
  CUSTOMER_SESSION_HOURS: {
    values: '`1` to `2160`',
    preset: '`336`',
    meaning: 'Customers sign in again after so many hours.',
    schema: wholeNumber(1, 2160),
  },
  CUSTOMER_IDLE_MINUTES: {
    values: '`5` to `129600`',
    preset: '`10080`',
    meaning: 'Customers are signed out after so many minutes without a request.',
    schema: wholeNumber(5, 129_600),
  },
  LOG_LEVEL: {
    values: logLevels.map(level => `\`${level}\``).join(', '),
    preset: '`warn` in demo, `info` in production',
    meaning: 'The least serious log lines to write. Lines are JSON on standard output.',
    schema: z.enum(logLevels, `is none of ${logLevels.join(', ')}`),
  },
  OUTGOING_PRIVATE: {
    values: '`true`, `false`',
    preset: '`false`',
    meaning:
      'Let the portal call addresses that people typed (webhooks, sign-in providers) on this machine and in private networks, also by http.',
    schema: z.enum(['true', 'false'], 'is neither true nor false'),
  },
  TRUST_PROXY: {
    values: '`true`, `false`, `1` to `9`',
    preset: '`false`',
    meaning:
      'Believe `X-Forwarded-For`, `-Proto` and `-Host`: the number of proxies before the portal that add to them; `true` is one. Only where each sets them itself.',
    schema: z.string().regex(/^(true|false|[0-9])$/, 'is neither true, false, nor a number of proxies from 0 to 9'),
  },
  TLS_CERT: {
    values: 'a file in PEM, the certificate first, then its chain',
    preset: 'plain HTTP, for a proxy that does TLS',
    meaning: 'The certificate with which the portal speaks TLS itself. A file that changes is taken up without a restart.',
    schema: z.string().min(1, 'is empty'),
  },
  TLS_KEY: {
    values: 'a file in PEM',
    preset: 'plain HTTP',
    meaning: 'The key of the certificate.',
    schema: z.string().min(1, 'is empty'),
  },
  TLS_MIN_VERSION: {
    values: '`TLSv1.3`, `TLSv1.2`',
    preset: '`TLSv1.3`',
    meaning: 'The oldest version of TLS the portal speaks.',
    schema: z.enum(['TLSv1.3', 'TLSv1.2'], 'is neither TLSv1.3 nor TLSv1.2'),
  },
  HTTP_REDIRECT_PORT: {
    values: '`0` to `65535`',
    preset: 'no such port',
    meaning: 'With `TLS_CERT`: a port that leads plain HTTP to `PUBLIC_URL`.',
    schema: portNumber,
  },
  HSTS_SUBDOMAINS: {
    values: '`true`, `false`',
    preset: '`true`',
    meaning:
      'Tell browsers for a year to use HTTPS for hosts below that of `PUBLIC_URL` too. `false` where the portal has the bare domain of the house and something below it speaks plain HTTP.',
    schema: z.enum(['true', 'false'], 'is neither true nor false'),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    values: 'an address such as `http://collector:4318`',
    preset: 'no traces are made',
    meaning: 'An OpenTelemetry collector that takes traces by OTLP over HTTP.',
    schema: url(['http:', 'https:']),
  },
  METRICS_TOKEN: {
    values: '24 characters or more, without spaces',
    preset: '`/metrics` answers only programs on this machine, and only where `PUBLIC_URL` is on this machine too',
    meaning: 'The bearer token with which Prometheus reads `/metrics`.',
    schema: z.string().regex(/^[\x21-\x7e]{24,}$/, 'is shorter than 24 characters or has spaces'),
  },
  BACKUP_DIR: {
    values: 'a folder, on another disk than `DATA_DIR`',
    preset: 'no backups',
    meaning: 'Where the portal keeps full backups and, of the embedded database, the archive of the write-ahead log.',
    schema: z.string().min(1, 'is empty'),
  },
  BACKUP_EVERY: {
    values: 'hours or days, such as `6h` or `1d`',
    preset: '`1d`',
    meaning: 'How often a full backup is made and verified.',
    schema: z.string().regex(/^[1-9]\d{0,3}[hd]$/, 'is not a number of hours or days'),
  },
  BACKUP_KEEP: {
    values: '`1` to `1000`',
    preset: '`7`',
    meaning: 'Full backups to keep, with the archive they need.',
    schema: z.string().regex(/^([1-9]\d{0,2}|1000)$/, 'is not a whole number from 1 to 1000'),
  },
  BACKUP_LAG: {
    values: '`5` to `3600`',
    preset: '`60`',
    meaning: 'Seconds of work on the embedded database that are lost at most when its disk is.',
    schema: z
      .string()
      .refine(
        value => /^\d+$/.test(value) && Number(value) >= 5 && Number(value) <= 3600,
        'is not a whole number from 5 to 3600',
      ),
  },
  BACKUP_SECRET: {
    values: '32 characters or more',
    preset: 'backups are not encrypted',
    meaning: 'Encrypts backups. Keep it elsewhere too: without it nobody can restore them.',
    schema: z.string().min(32, 'is shorter than 32 characters'),
  },
} as const satisfies Record<string, Setting>

type Name = keyof typeof settings

/** Never shown, and taken from a file as well: `SESSION_SECRET_FILE=/run/secrets/session`. */
const secretSettings: readonly Name[] = [
  'SESSION_SECRET',
  'ENCRYPTION_KEYS',
  'DATABASE_URL',
  'SMTP_URL',
  'SMS_URL',
  'FILES_URL',
  'METRICS_TOKEN',
  'BACKUP_SECRET',
  'OIDC_PROVIDERS',
]

/**
 * The configuration in `environment`; relative paths count from `base`.
 * Throws StartFailure naming variable, value and remedy.
 */
export function readConfig(environment: Record<string, string | undefined>, base: string = process.cwd()): Config {
  const given = (name: Name) =>
    readSetting(name, secretSettings.includes(name) ? valueOrFile(name, environment) : environment[name])
  const mode = (given('FETTLE_MODE') ?? presetMode(given)) as Config['mode']
  const production = mode === 'production'
  const port = Number(given('PORT') ?? 3000)
  const demanded = (name: Name, remedy: string) => {
    const value = given(name)
    if (value === null && production) throw new StartFailure(`${name} is not set, and production needs it: ${remedy}`)
    return value
  }
  const tls = readTls(given, base)
  if (production) demandHttps(given('PUBLIC_URL'))
  const config = {
    mode,
    port,
    host: given('HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: new URL(given('PUBLIC_URL') ?? `${tls ? 'https' : 'http'}://localhost:${port}`).origin,
    tls,
    dataDir: resolve(base, given('DATA_DIR') ?? 'data'),
    databaseUrl: given('DATABASE_URL'),
    databasePool: Number(given('DATABASE_POOL') ?? 10),
    smtpUrl: demanded('SMTP_URL', 'name the mail server, such as smtp://user:password@mail.example.com:587.'),
    mailFrom:
      demanded('MAIL_FROM', 'name the sender, such as "Example Machines <portal@example.com>".') ?? 'Fettle <portal@localhost>',
    passwordBreachUrl: given('PASSWORD_BREACH_URL')?.replace(/\/+$/, '') ?? null,
    oidcProviders: readOidcProviders(given('OIDC_PROVIDERS')),
    staffSecondFactor: (given('STAFF_SECOND_FACTOR') ?? (production ? 'required' : 'offered')) as Config['staffSecondFactor'],
    sessions: {
      staff: { hours: Number(given('STAFF_SESSION_HOURS') ?? 24), idleMinutes: Number(given('STAFF_IDLE_MINUTES') ?? 240) },
      customer: {
        hours: Number(given('CUSTOMER_SESSION_HOURS') ?? 336),
        idleMinutes: Number(given('CUSTOMER_IDLE_MINUTES') ?? 10_080),
      },
    },
    ...readSms(given),
    filesUrl: given('FILES_URL'),
    scannerUrl: given('SCANNER_URL'),
    logLevel: (given('LOG_LEVEL') ?? (production ? 'info' : 'warn')) as LogLevel,
    outgoingPrivate: given('OUTGOING_PRIVATE') === 'true',
    trustProxy: proxiesOf(given('TRUST_PROXY')),
    hstsSubdomains: given('HSTS_SUBDOMAINS') !== 'false',
    metricsToken: given('METRICS_TOKEN'),
    tracesUrl: given('OTEL_EXPORTER_OTLP_ENDPOINT'),
    backup: readBackup(given, base),
  }
  const sessionSecret = demanded('SESSION_SECRET', 'make one with "openssl rand -hex 32" and keep it safe.')
  const encryptionKeys = demanded(
    'ENCRYPTION_KEYS',
    'make one with "echo main:$(openssl rand -base64 32)" and keep it apart from backups.',
  )
  return {
    ...config,
    sessionSecret: sessionSecret ?? ownSecret(config.dataDir, 'session-secret', 'hex'),
    encryptionKeys: readMasterKeys(encryptionKeys ?? `demo:${ownSecret(config.dataDir, 'encryption-key', 'base64')}`)!,
  }
}

/**
 * Nothing said means the demo, but only on a machine where nobody else is concerned: its accounts have passwords that everybody knows.
 * Throws StartFailure where another setting speaks of a real portal.
 */
function presetMode(given: (name: Name) => string | null): 'demo' {
  const publicUrl = given('PUBLIC_URL')
  const host = given('HOST')
  const signs: [name: Name, real: boolean][] = [
    ['PUBLIC_URL', publicUrl !== null && !isLoopback(new URL(publicUrl).hostname)],
    ['HOST', host !== null && !isLoopback(host)],
    ['DATABASE_URL', given('DATABASE_URL') !== null],
    ['SMTP_URL', given('SMTP_URL') !== null],
    ['SMS_URL', given('SMS_URL') !== null],
    ['TRUST_PROXY', proxiesOf(given('TRUST_PROXY')) > 0],
    ['TLS_CERT', given('TLS_CERT') !== null],
  ]
  const sign = signs.find(([, real]) => real)
  if (!sign) return 'demo'
  throw new StartFailure(
    `FETTLE_MODE is not set, and ${sign[0]} speaks of a portal that is not a trial on this machine: set FETTLE_MODE to production, or to demo if everybody may sign in with the demo's known passwords.`,
  )
}

const proxiesOf = (trust: string | null): number => (trust === 'true' ? 1 : Number(trust === 'false' ? 0 : trust))

/** Throws StartFailure where messages shall go abroad, and no template is agreed with the carrier for that. */
function readSms(given: (name: Name) => string | null): Pick<Config, 'smsUrl' | 'smsCountries' | 'smsPerHour'> {
  const smsUrl = given('SMS_URL')
  const smsCountries = (given('SMS_COUNTRIES') ?? '+86').split(',').map(country => country.trim())
  const abroad = smsCountries.find(country => country !== '+86')
  if (smsUrl && abroad && !readAliyunAddress(smsUrl).templatesAbroad)
    throw new StartFailure(
      `SMS_COUNTRIES names ${abroad}, and SMS_URL has no codeTemplateAbroad: add the template of international messages to SMS_URL.`,
    )
  return { smsUrl, smsCountries, smsPerHour: Number(given('SMS_PER_HOUR') ?? 500) }
}

/** Throws StartFailure where something of it is missing, or visitors would be sent to an address without TLS. */
function readTls(given: (name: Name) => string | null, base: string): TlsSettings | null {
  const [cert, key, redirectPort, publicUrl] = [
    given('TLS_CERT'),
    given('TLS_KEY'),
    given('HTTP_REDIRECT_PORT'),
    given('PUBLIC_URL'),
  ]
  if (!cert && !key) {
    if (redirectPort !== null)
      throw new StartFailure('HTTP_REDIRECT_PORT leads to TLS, and there is none: set TLS_CERT and TLS_KEY too.')
    return null
  }
  if (!cert || !key) throw new StartFailure(`${cert ? 'TLS_KEY' : 'TLS_CERT'} is not set: a certificate and its key go together.`)
  if (publicUrl?.startsWith('http:'))
    throw new StartFailure(`PUBLIC_URL: "${publicUrl}" is not https, and TLS_CERT is set: begin it with https://.`)
  return {
    cert: resolve(base, cert),
    key: resolve(base, key),
    minVersion: (given('TLS_MIN_VERSION') ?? 'TLSv1.3') as TlsSettings['minVersion'],
    redirectPort: redirectPort === null ? null : Number(redirectPort),
  }
}

/** Throws StartFailure where people would send passwords through a network in plain. */
function demandHttps(publicUrl: string | null): void {
  if (publicUrl?.startsWith('http:') && !isLoopback(new URL(publicUrl).hostname))
    throw new StartFailure(
      `PUBLIC_URL: "${publicUrl}" is not https, and production needs it: set TLS_CERT and TLS_KEY, or let a proxy do TLS, and begin it with https://.`,
    )
}

/** Whether a host name or address is this machine's own, reached from nowhere else. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|([\w-]+\.)+localhost|127(\.\d{1,3}){3}|\[?::1\]?|::ffff:127(\.\d{1,3}){3})$/i.test(host)

/** A secret as container platforms hand it over: in a file whose name stands in `<NAME>_FILE`. */
function valueOrFile(name: Name, environment: Record<string, string | undefined>): string | undefined {
  const file = environment[`${name}_FILE`]?.trim()
  if (!file) return environment[name]
  if (environment[name]?.trim()) throw new StartFailure(`${name} and ${name}_FILE are both set: set one of them.`)
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartFailure(
      `${name}_FILE: "${file}" cannot be read (${(error as NodeJS.ErrnoException).code}). Name a file this user may read.`,
    )
  }
}

function readBackup(given: (name: Name) => string | null, base: string): BackupConfig | null {
  const [dir, secret] = [given('BACKUP_DIR'), given('BACKUP_SECRET')]
  const every = given('BACKUP_EVERY') ?? '1d'
  const [keep, lag] = [Number(given('BACKUP_KEEP') ?? 7), Number(given('BACKUP_LAG') ?? 60)]
  if (dir === null) return null
  return {
    dir: resolve(base, dir),
    every: Number.parseInt(every, 10) * (every.endsWith('d') ? 24 : 1) * 3_600_000,
    keep,
    lag,
    secret,
  }
}

/** An empty variable counts as not set, as composing tools write it. */
function readSetting(name: Name, text: string | undefined): string | null {
  const value = text?.trim()
  if (!value) return null
  const result = settings[name].schema.safeParse(value)
  if (result.success) return result.data
  const shown = secretSettings.includes(name) ? 'the value given (not shown, it is a secret)' : `"${value.slice(0, 80)}"`
  const { values, preset } = settings[name]
  throw new StartFailure(
    `${name}: ${shown} ${result.error.issues[0]!.message}. Set it to ${plain(values)}, or leave it out for ${plain(preset)}.`,
  )
}

const plain = (markdown: string) => markdown.replaceAll('`', '')

/** 32 random bytes, made at the first start. */
function ownSecret(dataDir: string, name: string, encoding: 'hex' | 'base64'): string {
  const file = join(dataDir, name)
  try {
    if (!existsSync(file)) {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      writeOnce(file, randomBytes(32).toString(encoding))
    }
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new StartFailure(
      `DATA_DIR: "${dataDir}" cannot be written (${(error as NodeJS.ErrnoException).code}). Set it to a folder this user may write.`,
    )
  }
}

/** Whole or not at all, also on a full disk; the file of a process that was first stays. */
function writeOnce(file: string, text: string): void {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, text, { mode: 0o600 })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
