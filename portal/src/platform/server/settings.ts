import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isBrokerAddress, readBrokerAddress } from './broker-address.ts'
import { readS3Address } from './files-s3.ts'
import { logLevels } from './log.ts'
import { readMasterKeys } from './master-keys.ts'
import { readAliyunAddress } from './sms-aliyun.ts'
import { StartFailure } from './start-failure.ts'
import { checkClickHouseAddress } from './warehouse-address.ts'

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
    meaning: 'Demo makes its own secrets and catches outgoing mail; production demands secrets and sends mail.',
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
  CLICKHOUSE_URL: {
    values: '`http://user:password@host:8123/database` or `https://…`',
    preset: 'the embedded ClickHouse',
    meaning:
      'A ClickHouse server of version 24.8 or newer for facts and measurements, instead of the embedded one. Several portal processes need it.',
    schema: url(['http:', 'https:']).superRefine((value, context) => {
      const problem = checkClickHouseAddress(value)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    }),
  },
  CLICKHOUSE_CLUSTER: {
    values: 'the name of a cluster',
    preset: 'tables on one server',
    meaning:
      'With `CLICKHOUSE_URL`: tables are made on every server of that cluster, replicated within a shard and read and written across all of them.',
    schema: z.string().regex(/^[A-Za-z_][\w-]{0,63}$/, 'is not a name of letters, digits, _ and -'),
  },
  SMTP_URL: {
    values: '`smtp://user:password@host:587` or `smtps://…`',
    preset:
      'production takes the server entered in the console, and lets mail wait until there is one; demo catches mail and shows it in the console',
    meaning: 'The server that delivers outgoing mail. It wins over the one entered in the console.',
    schema: url(['smtp:', 'smtps:']),
  },
  MAIL_FROM: {
    values: 'an address, or `Name <address>`',
    preset: 'the sender entered in the console; production with `SMTP_URL` demands it',
    meaning: 'The sender of outgoing mail. It wins over the one entered in the console.',
    schema: z.string().regex(/^([^<>\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/, 'is not a mail address'),
  },
  SMS_URL: {
    values:
      '`aliyun://keyId:secret@dysmsapi.aliyuncs.com?sign=…&codeTemplate=SMS_…&noticeTemplate=SMS_…`, see [text messages](text-messages.md)',
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
  MQTT_URL: {
    values:
      '`mqtts://user:password@host:8883?version=5&ca=…&cert=…&key=…`, `mqtt://…`, `wss://…` or `ws://…`, see [MQTT](mqtt.md)',
    preset: 'the broker in the portal',
    meaning: 'An MQTT broker to which devices connect instead of the portal. Several portal processes share its messages.',
    schema: z.string().superRefine((value, context) => {
      try {
        if (!isBrokerAddress(value)) throw new Error('is not a mqtt://, mqtts://, ws:// or wss:// address')
        readBrokerAddress(value)
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message })
      }
    }),
  },
  MQTT_PORT: {
    values: '`0` to `65535`, `off`',
    preset: '`1883` in demo, `off` in production',
    meaning:
      'The port on which devices speak MQTT without TLS, at HOST: their tokens can be read on the way. Opened once something takes what they say.',
    schema: z
      .string()
      .refine(
        value => value === 'off' || (/^\d{1,5}$/.test(value) && Number(value) <= 65535),
        'is neither a port number from 0 to 65535 nor off',
      ),
  },
  MQTT_TLS_PORT: {
    values: '`0` to `65535`, usually `8883`',
    preset: 'no such port',
    meaning: 'The port on which devices speak MQTT by TLS.',
    schema: portNumber,
  },
  MQTT_TLS_CERT: {
    values: 'a file in PEM, the certificate first, then its chain',
    preset: '`TLS_CERT`',
    meaning: 'The certificate the portal shows to devices. A file that changes is taken up without a restart.',
    schema: z.string().min(1, 'is empty'),
  },
  MQTT_TLS_KEY: {
    values: 'a file in PEM',
    preset: '`TLS_KEY`',
    meaning: 'The key of that certificate.',
    schema: z.string().min(1, 'is empty'),
  },
  MQTT_CLIENT_CA: {
    values: 'a file in PEM, one or more certificates',
    preset: 'none, and devices sign in by token',
    meaning: 'The authorities whose client certificates are believed: a device may sign in by a certificate that names its id.',
    schema: z.string().min(1, 'is empty'),
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
  ROBOT_HOSTS: {
    values: 'hosts with commas, such as `chat.example.com,10.0.0.5:8443`',
    preset: 'the public ones of 企业微信, 钉钉 and 飞书 alone',
    meaning:
      'Further hosts whose group robots may be told of new leads: private installations of these services. In a private network `OUTGOING_PRIVATE` is needed too.',
    schema: z
      .string()
      .refine(text => text.split(',').every(host => /^[\w.-]+(:\d+)?$/.test(host.trim())), 'is not a list of hosts'),
  },
  OUTGOING_PRIVATE: {
    values: '`true`, `false`',
    preset: '`false`',
    meaning:
      'Let the portal call addresses that people typed (robots, the manufacturer’s webhooks, sign-in providers) on this machine and in private networks, also by http. Webhooks of customers are not called there outside of a demo; in a demo webhooks are sent only with it.',
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

export type SettingName = keyof typeof settings

/** Never shown, and taken from a file as well: `SESSION_SECRET_FILE=/run/secrets/session`. */
const secretSettings: readonly SettingName[] = [
  'SESSION_SECRET',
  'ENCRYPTION_KEYS',
  'DATABASE_URL',
  'CLICKHOUSE_URL',
  'SMTP_URL',
  'SMS_URL',
  'FILES_URL',
  'MQTT_URL',
  'METRICS_TOKEN',
  'BACKUP_SECRET',
  'OIDC_PROVIDERS',
]

/** The value set in `environment`, or null. Throws StartFailure naming variable, value and remedy. */
export const settingOf = (name: SettingName, environment: Environment): string | null =>
  readSetting(name, secretSettings.includes(name) ? valueOrFile(name, environment) : environment[name])

type Environment = Record<string, string | undefined>

/** A secret as container platforms hand it over: in a file whose name stands in `<NAME>_FILE`. */
function valueOrFile(name: SettingName, environment: Environment): string | undefined {
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

/** An empty variable counts as not set, as composing tools write it. */
function readSetting(name: SettingName, text: string | undefined): string | null {
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
