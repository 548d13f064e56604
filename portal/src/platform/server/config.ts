import { resolve } from 'node:path'
import { type BrokerConfig, readBroker } from './broker-config.ts'
import type { LogLevel } from './log.ts'
import { type MasterKey, readMasterKeys } from './master-keys.ts'
import { type OidcProvider, readOidcProviders } from './oidc-providers.ts'
import { ownSecret } from './own-secret.ts'
import { type SettingName, settingOf } from './settings.ts'
import { readAliyunAddress } from './sms-aliyun.ts'
import { StartFailure } from './start-failure.ts'
import type { TlsSettings } from './tls.ts'

/** Everything an operator can set, read once at start from environment variables. */
export interface Config {
  /** demo: makes its own secrets and keeps outgoing mail to itself. production: demands secrets, and lets mail wait for a server. */
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
  /** null: the embedded ClickHouse */
  clickhouseUrl: string | null
  /** null: tables on one server */
  clickhouseCluster: string | null
  /** null: mail leaves by the server entered in the console (production), or is caught and shown there (demo) */
  smtpUrl: string | null
  /** null: text messages are caught and shown in the console (demo), or there are none (production) */
  smsUrl: string | null
  /** country codes of numbers that are sent text messages: '+86' */
  smsCountries: string[]
  /** text messages to all numbers together within an hour */
  smsPerHour: number
  /** hosts of private installations of the services with group robots, with their port where they have one */
  robotHosts: string[]
  /** mails are kept instead of sent, unless SMTP_URL is set */
  catchMail: boolean
  /** messages to group chats are kept instead of sent */
  catchRobots: boolean
  /** messages to programs of customers are kept instead of sent */
  catchWebhooks: boolean
  /** what search engines and WeChat would be told is kept instead of sent */
  catchDiscovery: boolean
  /** origins of the services that are told of pages and sign cards; null: the host that was chosen. Others in tests alone */
  discoveryServices: { indexNow: string | null; baidu: string; wechat: string }
  /** null: files lie in dataDir */
  filesUrl: string | null
  /** null: files are not scanned for viruses */
  scannerUrl: string | null
  /** how devices come */
  broker: BrokerConfig
  /** null: the sender entered in the console */
  mailFrom: string | null
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

/**
 * The configuration in `environment`; relative paths count from `base`.
 * Throws StartFailure naming variable, value and remedy.
 */
export function readConfig(environment: Record<string, string | undefined>, base: string = process.cwd()): Config {
  const given = (name: SettingName) => settingOf(name, environment)
  const mode = (given('FETTLE_MODE') ?? presetMode(given)) as Config['mode']
  const production = mode === 'production'
  const port = Number(given('PORT') ?? 3000)
  const demanded = (name: SettingName, remedy: string) => {
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
    ...readWarehouse(given),
    smtpUrl: given('SMTP_URL'),
    mailFrom: given('SMTP_URL')
      ? demanded(
          'MAIL_FROM',
          'SMTP_URL names the server, so name the sender too, such as "Example Machines <portal@example.com>".',
        )
      : given('MAIL_FROM'),
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
    broker: readBroker(given, { base, production, pages: tls }),
    logLevel: (given('LOG_LEVEL') ?? (production ? 'info' : 'warn')) as LogLevel,
    outgoingPrivate: given('OUTGOING_PRIVATE') === 'true',
    robotHosts:
      given('ROBOT_HOSTS')
        ?.split(',')
        .map(host => host.trim()) ?? [],
    catchMail: mode === 'demo',
    catchRobots: mode === 'demo',
    catchWebhooks: mode === 'demo' && given('OUTGOING_PRIVATE') !== 'true',
    catchDiscovery: mode === 'demo',
    discoveryServices: { indexNow: null, baidu: 'http://data.zz.baidu.com', wechat: 'https://api.weixin.qq.com' },
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
function presetMode(given: (name: SettingName) => string | null): 'demo' {
  const publicUrl = given('PUBLIC_URL')
  const host = given('HOST')
  const signs: [name: SettingName, real: boolean][] = [
    ['PUBLIC_URL', publicUrl !== null && !isLoopback(new URL(publicUrl).hostname)],
    ['HOST', host !== null && !isLoopback(host)],
    ['DATABASE_URL', given('DATABASE_URL') !== null],
    ['CLICKHOUSE_URL', given('CLICKHOUSE_URL') !== null],
    ['SMTP_URL', given('SMTP_URL') !== null],
    ['SMS_URL', given('SMS_URL') !== null],
    ['MQTT_URL', given('MQTT_URL') !== null],
    ['TRUST_PROXY', proxiesOf(given('TRUST_PROXY')) > 0],
    ['TLS_CERT', given('TLS_CERT') !== null],
  ]
  const sign = signs.find(([, real]) => real)
  if (!sign) return 'demo'
  throw new StartFailure(
    `FETTLE_MODE is not set, and ${sign[0]} speaks of a portal that is not a trial on this machine: set FETTLE_MODE to production, or to demo if everybody may sign in with the demo's known passwords.`,
  )
}

/** Throws StartFailure where a cluster is named, and no server of it. */
function readWarehouse(given: (name: SettingName) => string | null): Pick<Config, 'clickhouseUrl' | 'clickhouseCluster'> {
  const [clickhouseUrl, clickhouseCluster] = [given('CLICKHOUSE_URL'), given('CLICKHOUSE_CLUSTER')]
  if (clickhouseCluster && !clickhouseUrl)
    throw new StartFailure('CLICKHOUSE_CLUSTER names a cluster, and no server of it is named: set CLICKHOUSE_URL too.')
  return { clickhouseUrl, clickhouseCluster }
}

const proxiesOf = (trust: string | null): number => (trust === 'true' ? 1 : Number(trust === 'false' ? 0 : trust))

/** Throws StartFailure where messages shall go abroad, and no template is agreed with the carrier for that. */
function readSms(given: (name: SettingName) => string | null): Pick<Config, 'smsUrl' | 'smsCountries' | 'smsPerHour'> {
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
function readTls(given: (name: SettingName) => string | null, base: string): TlsSettings | null {
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

function readBackup(given: (name: SettingName) => string | null, base: string): BackupConfig | null {
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
