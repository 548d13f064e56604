import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { settings } from './settings.ts'
import { StartFailure } from './start-failure.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const complete = {
  FETTLE_MODE: 'production',
  SESSION_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `main:${Buffer.alloc(32, 7).toString('base64')}`,
  SMTP_URL: 'smtp://mail.example.com:587',
  MAIL_FROM: 'Example Machines <portal@example.com>',
}

test('nothing set gives the demo on port 3000, with a secret of its own that the next start finds again', () => {
  const config = readConfig({}, folder)
  expect(config).toMatchObject({
    mode: 'demo',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    databaseUrl: null,
    smtpUrl: null,
  })
  expect(config.sessionSecret).toHaveLength(64)
  expect(readConfig({}, folder).sessionSecret).toBe(config.sessionSecret)
})

test('production has no preset for a secret, nor for the sender where it has a mail server', () => {
  for (const name of ['SESSION_SECRET', 'ENCRYPTION_KEYS', 'MAIL_FROM']) {
    expect(() => readConfig({ ...complete, [name]: '' }, folder)).toThrow(
      new RegExp(`^${name} is not set, and production needs it: .+\\.$`),
    )
  }
  expect(readConfig(complete, folder)).toMatchObject({ mode: 'production', host: '0.0.0.0', logLevel: 'info' })
})

test('production starts without a mail server, which may be entered in the console', () => {
  expect(readConfig({ ...complete, SMTP_URL: '', MAIL_FROM: '' }, folder)).toMatchObject({ smtpUrl: null, mailFrom: null })
})

test('production is reached by https, unless it is tried on this machine', () => {
  const at = (PUBLIC_URL: string) => readConfig({ ...complete, PUBLIC_URL }, folder).publicUrl
  expect(() => at('http://portal.example.com')).toThrow(/^PUBLIC_URL: .+ is not https, and production needs it: .+\.$/)
  expect(at('https://portal.example.com')).toBe('https://portal.example.com')
  expect(at('http://localhost:3000')).toBe('http://localhost:3000')
})

test.each([
  ['PORT', '70000', 'PORT: "70000" is not a port number from 0 to 65535. Set it to 0 to 65535, or leave it out for 3000.'],
  ['PORT', 'http', 'PORT: "http" is not a port number'],
  ['FETTLE_MODE', 'prod', 'FETTLE_MODE: "prod" is neither demo nor production.'],
  ['DATABASE_POOL', '1', 'DATABASE_POOL: "1" is not a whole number from 4 to 200.'],
  ['PUBLIC_URL', 'https://example.com/portal', 'PUBLIC_URL: "https://example.com/portal" has a path'],
  ['PUBLIC_URL', 'example.com', 'PUBLIC_URL: "example.com" is not a http:// or https:// address'],
  ['MAIL_FROM', 'nobody', 'MAIL_FROM: "nobody" is not a mail address'],
  ['SCANNER_URL', 'tcp://clamav:3310', 'SCANNER_URL: "tcp://clamav:3310" is not a clamd:// address.'],
  ['FILES_URL', 'https://s3.example.com', 'FILES_URL: the value given (not shown, it is a secret) is not a s3:// address.'],
  ['FILES_URL', 's3://s3.example.com/files', 'has no access key and secret before the host'],
  ['FILES_URL', 's3://key:secret@s3.example.com', 'names no bucket after the host'],
  ['FILES_URL', 's3://key:secret@s3.example.com/b?rgion=x', 'has the unknown parameter "rgion"'],
  [
    'SMS_URL',
    'aliyun://dysmsapi.aliyuncs.com?sign=A&codeTemplate=B',
    'is a secret) has no access key and secret before the host.',
  ],
  ['SMS_URL', 'aliyun://k:s@dysmsapi.aliyuncs.com?codeTemplate=B', 'has no parameter sign.'],
  ['SMS_URL', 'aliyun://k:s@dysmsapi.aliyuncs.com?sign=A', 'has no parameter codeTemplate.'],
  ['SMS_COUNTRIES', '86', 'SMS_COUNTRIES: "86" is not a list of country codes.'],
  [
    'CLICKHOUSE_URL',
    'tcp://ch:9000',
    'CLICKHOUSE_URL: the value given (not shown, it is a secret) is not a http:// or https:// address.',
  ],
  ['CLICKHOUSE_URL', 'http://ch:8123/a/b', 'has a path of more than the database'],
  [
    'CLICKHOUSE_URL',
    'http://ch:8123/a?compress=1',
    'has parameters, and only user, password, host, port and database belong there',
  ],
  ['CLICKHOUSE_CLUSTER', 'main', 'CLICKHOUSE_CLUSTER names a cluster, and no server of it is named: set CLICKHOUSE_URL too.'],
  ['CLICKHOUSE_CLUSTER', "a'b", `CLICKHOUSE_CLUSTER: "a'b" is not a name of letters, digits, _ and -.`],
  ['MQTT_PORT', '70000', 'MQTT_PORT: "70000" is neither a port number from 0 to 65535 nor off.'],
  ['MQTT_URL', 'amqp://broker', 'MQTT_URL: the value given (not shown, it is a secret) is not a mqtt://, mqtts://'],
  ['MQTT_URL', 'mqtt://broker?version=4', 'has a version other than 3.1.1 and 5'],
  ['MQTT_URL', 'mqtt://broker?ca=ca.pem', 'has certificates and begins with mqtt://, which speaks no TLS'],
  ['MQTT_URL', 'mqtts://broker?cert=a.crt', 'has one of cert and key, which go together'],
  ['MQTT_URL', 'mqtts://broker?qos=1', 'has the unknown parameter "qos"'],
  ['MQTT_TLS_PORT', '8883', 'MQTT_TLS_PORT needs a certificate: set MQTT_TLS_CERT and MQTT_TLS_KEY'],
  ['MQTT_TLS_CERT', 'a.crt', 'MQTT_TLS_KEY is not set: a certificate and its key go together.'],
  ['MQTT_CLIENT_CA', 'ca.pem', 'MQTT_CLIENT_CA is for TLS with devices, and MQTT_TLS_PORT is not set'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" is none of debug'],
])('%s=%s stops the start with one sentence', (name, value, sentence) => {
  const start = () => readConfig({ [name]: value, ...(name === 'MQTT_URL' ? { FETTLE_MODE: 'demo' } : {}) }, folder)
  expect(start).toThrow(StartFailure)
  expect(start).toThrow(sentence)
})

test.each([
  ['PUBLIC_URL', 'https://portal.example.com'],
  ['HOST', '0.0.0.0'],
  ['DATABASE_URL', 'postgres://fettle:hunter2@db.example.com/fettle'],
  ['SMTP_URL', 'smtp://mail.example.com:587'],
  ['TRUST_PROXY', 'true'],
])('%s=%s is no demo unless one says so', (name, value) => {
  expect(() => readConfig({ [name]: value }, folder)).toThrow(
    new RegExp(`^FETTLE_MODE is not set, and ${name} speaks of a portal`),
  )
  expect(() => readConfig({ [name]: value }, folder)).not.toThrow(/hunter2/)
  expect(readConfig({ FETTLE_MODE: 'demo', [name]: value }, folder).mode).toBe('demo')
})

test.each([
  ['PUBLIC_URL', 'http://127.0.0.1:8080'],
  ['PUBLIC_URL', 'http://fettle.localhost:3000'],
  ['HOST', '::1'],
  ['TRUST_PROXY', 'false'],
])('%s=%s is still this machine alone', (name, value) => {
  expect(readConfig({ [name]: value }, folder).mode).toBe('demo')
})

test('a certificate goes with its key and with an https address', () => {
  const tls = { FETTLE_MODE: 'demo', TLS_CERT: 'portal.crt', TLS_KEY: 'portal.key' }
  expect(readConfig(tls, folder)).toMatchObject({
    publicUrl: 'https://localhost:3000',
    tls: { cert: join(folder, 'portal.crt'), key: join(folder, 'portal.key'), minVersion: 'TLSv1.3', redirectPort: null },
  })
  expect(() => readConfig({ ...tls, TLS_KEY: '' }, folder)).toThrow('TLS_KEY is not set: a certificate and its key go together.')
  expect(() => readConfig({ ...tls, PUBLIC_URL: 'http://portal.example.com' }, folder)).toThrow(/^PUBLIC_URL: .+ is not https/)
  expect(() => readConfig({ HTTP_REDIRECT_PORT: '80' }, folder)).toThrow(/^HTTP_REDIRECT_PORT leads to TLS, and there is none/)
})

test('devices connect in a demo on 1883, in production where one says so, by the certificate of the pages unless they have their own', () => {
  expect(readConfig({}, folder).broker).toEqual({ external: null, port: 1883, portIsPreset: true, tls: null })
  expect(readConfig(complete, folder).broker.port).toBeNull()
  const tls = { ...complete, TLS_CERT: 'portal.crt', TLS_KEY: 'portal.key', MQTT_TLS_PORT: '8883' }
  expect(readConfig(tls, folder).broker.tls).toEqual({
    port: 8883,
    cert: join(folder, 'portal.crt'),
    key: join(folder, 'portal.key'),
    clientCa: null,
  })
  const own = { ...tls, MQTT_TLS_CERT: 'mqtt.crt', MQTT_TLS_KEY: 'mqtt.key', MQTT_CLIENT_CA: 'devices.pem' }
  expect(readConfig(own, folder).broker.tls).toMatchObject({
    cert: join(folder, 'mqtt.crt'),
    clientCa: join(folder, 'devices.pem'),
  })
})

test('a broker outside is named with what it needs, and devices do not go to two', () => {
  const MQTT_URL = 'mqtts://fettle:p%40ss@broker.example.com:8883?version=3.1.1&ca=ca.pem&cert=a.crt&key=a.key'
  expect(readConfig({ ...complete, MQTT_URL }, folder).broker).toMatchObject({
    external: {
      url: 'mqtts://broker.example.com:8883',
      username: 'fettle',
      password: 'p@ss',
      version: 4,
      shared: true,
      ca: join(folder, 'ca.pem'),
    },
    port: null,
  })
  expect(() => readConfig({ ...complete, MQTT_URL, MQTT_TLS_PORT: '8883' }, folder)).toThrow(
    /^MQTT_TLS_PORT is for the broker in the portal, and MQTT_URL names another/,
  )
})

test.each([
  ['true', 1],
  ['false', 0],
  ['2', 2],
])('TRUST_PROXY=%s believes %i proxies', (value, proxies) => {
  expect(readConfig({ FETTLE_MODE: 'demo', TRUST_PROXY: value }, folder).trustProxy).toBe(proxies)
})

test('a secret may lie in a file, and then nowhere else', () => {
  const file = join(folder, 'session')
  writeFileSync(file, `${'y'.repeat(40)}\n`)
  expect(readConfig({ SESSION_SECRET_FILE: file }, folder).sessionSecret).toBe('y'.repeat(40))
  expect(() => readConfig({ SESSION_SECRET_FILE: `${file}-none` }, folder)).toThrow(
    /^SESSION_SECRET_FILE: .+ cannot be read \(ENOENT\)/,
  )
  expect(() => readConfig({ SESSION_SECRET_FILE: file, SESSION_SECRET: 'z'.repeat(40) }, folder)).toThrow(
    'SESSION_SECRET and SESSION_SECRET_FILE are both set: set one of them.',
  )
})

test('a wrong secret is never shown', () => {
  expect(() => readConfig({ SESSION_SECRET: 'short-secret' }, folder)).toThrow(/^SESSION_SECRET: the value given \(not shown/)
  expect(() => readConfig({ FETTLE_MODE: 'demo', DATABASE_URL: 'mysql://root:hunter2@db' }, folder)).not.toThrow(/hunter2/)
  expect(() => readConfig({ FILES_URL: 's3://key:hunter2@s3' }, folder)).not.toThrow(/hunter2/)
})

test('docs/guides/configuration.md documents every setting there is, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/guides/configuration.md'), 'utf8')
  const rows = page.split('\n').filter(line => /^\| `[A-Z_]+` \|/.test(line))
  expect(rows).toEqual(
    Object.entries(settings).map(([name, { values, preset, meaning }]) => `| \`${name}\` | ${meaning} | ${values} | ${preset} |`),
  )
})
