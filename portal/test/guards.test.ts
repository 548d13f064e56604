import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')

/** What can do harm is done in one module, or in the few that are named, each with what it may do there. */
interface Guard {
  /** what code that does it looks like; comments are not read */
  sees: RegExp
  /** where it may stand, below portal/src, a file or a folder that ends with `/`, and what for */
  only: Readonly<Record<string, string>>
  /** a line that would pass the guard by */
  breach: string
}

const server = 'platform/server'

const guards: Readonly<Record<string, Guard>> = {
  // --- keys and secrets ---
  encryption: {
    sees: /create(C|Dec)ipheriv|\bsubtle\.|publicEncrypt|privateDecrypt/,
    only: {
      [`${server}/cipher.ts`]: 'AES-256-GCM of everything the vault seals',
      [`${server}/backup/seal.ts`]: 'AES-256-GCM of whole files, piece by piece',
      'features/devices/server/authorities/sign-certificates.ts':
        'keys of an authority and of machines, made and used to sign (ECDSA)',
    },
    breach: "const cipher = createCipheriv('aes-256-cbc', key, iv)",
  },
  'keyed hashes': {
    sees: /createHmac/,
    only: {
      'features/robots/server/messages.ts': 'signatures that chat services demand',
      'features/webhooks/server/sign.ts': 'HMAC-SHA-256: signatures of messages, as Standard Webhooks demands',
      [`${server}/cipher.ts`]: 'HMAC-SHA-256: look-ups, the audit chain, keys of limits',
    },
    breach: "createHmac('sha1', secret)",
  },
  'keys made from passwords': {
    sees: /@node-rs\/argon2|hkdf|scrypt|pbkdf2/,
    only: {
      'features/accounts/server/password-hash.ts': 'argon2id of passwords and recovery codes',
      [`${server}/backup/seal.ts`]: 'HKDF: one key per file from BACKUP_SECRET, and what tells secrets apart',
      'features/devices/server/authorities/write-pkcs12.ts':
        'PBKDF2, as PKCS #12 has it: opens a file that leaves the portal with its password',
    },
    breach: "import { scryptSync } from 'node:crypto'",
  },
  'broken hashes': {
    sees: /createHash\(\s*['"](md|sha-?1\b|ripemd)/i,
    only: {
      'features/accounts/server/breached-passwords.ts': 'SHA-1, because the protocol of leaked passwords asks by it',
      'features/discovery/server/sign-for-wechat.ts': 'SHA-1, because WeChat demands it of what signs a page',
    },
    breach: "createHash('md5').update(file)",
  },
  'numbers that can be guessed': {
    sees: /Math\.random/,
    only: {},
    breach: 'const token = Math.random().toString(36)',
  },
  'keys of the vault': {
    sees: /(insertInto|updateTable|deleteFrom|selectFrom)\('(data|subject)_key/,
    only: { [`${server}/vault.ts`]: 'wrapped by the master key, destroyed with their subject' },
    breach: "db.selectFrom('data_key').selectAll()",
  },
  'what was sealed is opened': {
    sees: /\bvault\.(open|openFor)\(|\bopenFields\(/,
    only: {
      [`${server}/`]: 'columns sealed again, mails and jobs that leave, names of files, answers given once',
      'features/accounts/server/': 'people, for themselves and for who looks after them; secrets of second factors',
      'features/alarms/server/read-alarm.ts': 'comments on alarms, for who may see the machine',
      'features/advisory/server/':
        'maintenance and service, for whoever may see that time of the machine, and for staff who handle it',
      'features/devices/server/authorities/own-authority.ts': 'the key of the authority for machines, to sign with it',
      'features/devices/server/read-devices.ts': 'where a machine stands, for its company and for staff who look after it',
      'features/floorplans/server/read-plans.ts': 'names and addresses of halls, for whoever may see the plan',
      'features/imports/server/staged-rows.ts': 'rows of customers that wait, for who may import them',
      'features/audit/server/list-entries.ts': 'for administrators; that it was read is an entry itself',
      'features/operations/server/read-dead-letters.ts': 'why colleagues set a failure aside, for administrators',
      'features/privacy/server/': 'requests and copies, for who asked and for who answers',
      'features/discovery/server/': 'tokens of services that are told of pages, and what signs cards in WeChat',
      'features/webhooks/server/': 'addresses for whoever looks after them, secrets to sign with',
      'features/robots/server/tell.ts': 'addresses and secrets of chats, to write into them',
      'features/offers/server/': 'offers, for sales, for the customer who has the link, and for the mail to him',
      'features/sales/server/': 'contacts and messages, for who may read leads, and for the mail to the contact',
    },
    breach: "await vault.open(row.email, 'person.email')",
  },
  'settings of the machine': {
    sees: /process\.env\b/,
    only: {
      'app/main.ts': 'hands them to readConfig',
      'app/commands/': 'hand them to readConfig',
      [`${server}/postgres.ts`]: 'PATH, all the child process gets',
    },
    breach: 'const secret = process.env.SESSION_SECRET',
  },

  // --- who may do what ---
  'who may call an endpoint': {
    sees: /\b(demandAccess|mayDo|permissionsByRole)\(/,
    only: {
      [`${server}/http-routes.ts`]: 'decides before limits, input and use case, for every endpoint',
      [`${server}/http-live.ts`]: 'asks it for topics of live updates',
      [`${server}/http.ts`]: 'hands the table of permissions on',
    },
    breach: 'if (mayDo(account, permission, permissions)) return rows',
  },
  'whose session it is': {
    sees: /\.getSession\(|\b(findSession|sessionToken)\(/,
    only: {
      'features/accounts/server/resolve-account.ts': 'by the cookie of the request',
      'features/accounts/server/people.ts': 'no call: it stands there',
      'features/accounts/server/session-cookie.ts': 'no call: it stands there',
    },
    breach: 'const session = await api.getSession({ headers })',
  },
  'whose API key it is': {
    sees: /\baccountByKey\(/,
    only: {
      'features/accounts/server/resolve-account.ts': 'by the header Authorization of the request',
      'features/accounts/server/api-key-use.ts': 'no call: it stands there',
    },
    breach: "const account = await accountByKey(platform, c.req.query('key'), address)",
  },
  'whose token of another site it is': {
    sees: /\baccountByEmbedToken\(/,
    only: {
      'features/accounts/server/resolve-account.ts': 'by the header Authorization of the request, and the site it comes from',
      'features/accounts/server/embed-token.ts': 'no call: it stands there',
    },
    breach: "const account = await accountByEmbedToken(platform, c.req.query('token'), null)",
  },
  'the audit log': {
    sees: /(insertInto|updateTable|deleteFrom)\('audit_(entry|head)'|(insert into|update|delete from) audit_(entry|head)/i,
    only: { [`${server}/audit-chain.ts`]: 'appends, in the transaction of what is told' },
    breach: "db.deleteFrom('audit_entry').execute()",
  },
  'rate limits': {
    sees: /(into|from|update) rate_limit\b|\bcreateRateLimits\(/,
    only: {
      [`${server}/rate-limits.ts`]: 'counts, shared by all processes',
      [`${server}/http-limits.ts`]: 'says how much of what',
    },
    breach: 'sql`delete from rate_limit`',
  },

  // --- what comes in ---
  'bodies of requests': {
    sees: /\bc?\.?req\.(json|text|parseBody|formData|arrayBuffer|blob)\(|\.req\.raw\.body/,
    only: {
      [`${server}/http-body.ts`]: 'JSON, bounded in bytes, depth and entries before it is read',
      [`${server}/http-files.ts`]: 'files, as a stream that is counted',
    },
    breach: 'const body = await c.req.json()',
  },
  'headers of proxies': {
    sees: /['"`](x-forwarded-|x-real-ip)/,
    only: {
      [`${server}/http-visitor.ts`]: 'believes as many proxies as TRUST_PROXY says',
      [`${server}/http-metrics.ts`]: 'takes them for a sign that the caller is not near',
    },
    breach: "c.req.header('x-real-ip')",
  },
  'pictures of strangers': {
    sees: /from 'sharp'/,
    only: { [`${server}/files-picture.ts`]: 'bounds the pixels, writes each picture anew' },
    breach: "import sharp from 'sharp'",
  },
  'archives of strangers': {
    sees: /from '(yauzl|unzipper|adm-zip|jszip|tar)'/,
    only: { [`${server}/files-archive.ts`]: 'looks into them within bounds, unpacks nothing to disk' },
    breach: "import AdmZip from 'adm-zip'",
  },
  'texts that run': {
    sees: /\beval\(|new Function\b|node:vm\b|set(Timeout|Interval)\(\s*['"`]/,
    only: {},
    breach: "new Function('return ' + text)",
  },

  // --- what goes out to browsers ---
  'cookies of the server': {
    sees: /set-cookie/i,
    only: {
      [`${server}/http-routes.ts`]: 'those a use case gives to setCookie',
      [`${server}/http.ts`]: 'the language',
      [`${server}/http-cookies.ts`]: 'their names by https',
      'features/accounts/server/provider-routes.ts': 'the browser that went to a sign-in provider, and its session',
    },
    breach: "c.header('Set-Cookie', 'session=1')",
  },
  'sessions by cookie': {
    sees: /\bsetCookie\((?!header)/,
    only: {
      'features/accounts/server/routes.ts': 'signing in and out',
      'features/accounts/server/company-routes.ts': 'who joins a company as a newcomer is signed in',
      'features/accounts/server/security-routes.ts': 'the second step of signing in',
      'features/accounts/server/phone-routes.ts': 'signing in by a code',
    },
    breach: "context.setCookie('theme=dark')",
  },
  'cookies of scripts': {
    sees: /document\.cookie/,
    only: { 'platform/web/layout/console-shell.tsx': 'whether the menu is narrow' },
    breach: "document.cookie = 'token=1'",
  },
  'security headers': {
    sees: /['"](content-security-policy|x-content-type-options|x-frame-options|strict-transport-security|referrer-policy|cross-origin-\w+-policy|permissions-policy)['"]/i,
    only: {
      [`${server}/http-security.ts`]: 'the same for every answer',
      [`${server}/http-files.ts`]: 'stricter ones for files of strangers',
    },
    breach: "c.header('content-security-policy', \"script-src 'unsafe-inline'\")",
  },
  'pages elsewhere that may read answers': {
    sees: /access-control-|hono\/cors/i,
    only: {
      [`${server}/http-embeds.ts`]: 'what machines report, below /embed/, by a token that names the site; never by cookies',
    },
    breach: "c.header('access-control-allow-origin', '*')",
  },
  'text becomes markup': {
    sees: /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment/,
    only: {
      'features/figures/web/count-visit.tsx': 'a script of constants, by nonce',
      'features/products/web/option-drawing.tsx': 'drawings, looked through by useDrawingMarkup',
      'features/products/web/picture.tsx': 'drawings, looked through by useDrawingMarkup',
      'features/products/web/product-drawing.tsx': 'drawings, looked through by useDrawingMarkup',
      'platform/web/layout/colour-scheme.tsx': 'a script of constants, by nonce',
      'platform/web/page/visit-start.tsx': 'a script of constants, by nonce',
    },
    breach: '<p dangerouslySetInnerHTML={{ __html: message }} />',
  },
  'policies of Trusted Types': {
    sees: /createPolicy\(/,
    only: {
      'platform/web/page/trusted.ts': 'drawings and the address of the worker',
      'app/web/entry.server.tsx': 'the scripts a page begins with',
      'features/discovery/server/wechat-script.ts': 'one address of Tencent’s, in WeChat alone',
    },
    breach: "trustedTypes.createPolicy('any', { createHTML: text => text })",
  },
  'memory of the browser': {
    sees: /\b(local|session)Storage\b|\bindexedDB\b/,
    only: {
      'features/configurator/web/draft.ts': 'the configuration that was left, of nobody in particular',
      'features/devices/web/kept-claim.ts': 'the code on a machine that somebody scanned before he had an account, for a day',
      'features/figures/web/count-visit.tsx': 'that this tab has been counted',
      'features/figures/web/use-configurator-facts.ts': 'what of this tab has been counted',
      'features/sales/web/inquiry-draft.ts': 'an inquiry not sent yet, in this tab alone',
      'platform/web/layout/colour-scheme.tsx': 'light or dark',
      'platform/web/page/visit-start.tsx': 'where the visit began, in this tab alone',
    },
    breach: "localStorage.setItem('token', token)",
  },
  'redirects of the server': {
    sees: /\bc\.redirect\(|\blocation: |writeHead\(30|throw redirect\(/,
    only: {
      [`${server}/http.ts`]: 'the same page in the chosen language',
      [`${server}/http-pages.ts`]: 'the same page in the language that is offered',
      [`${server}/http-reference.ts`]: 'to /api/docs',
      [`${server}/tls.ts`]: 'the same path at PUBLIC_URL',
      'app/web/': 'to pages of ours, by pathIn',
      'features/accounts/server/provider-routes.ts': 'to sign-in providers of the settings, and on by safeNext',
      'features/accounts/web/account-page.tsx': 'to signing in, by pathIn',
      'features/accounts/web/colleagues-page.tsx': 'to signing in or the own account, by pathIn',
      'features/floorplans/web/load-plan.ts': 'to the plan as it is, by pathIn',
      'features/redirects/server/follow.ts': 'from an old address to what staff wrote beside it',
      'platform/web/page/server-api.ts': 'to signing in, by pathIn',
    },
    breach: "return c.redirect(c.req.query('next') ?? '/')",
  },
  'where somebody wishes to go on to': {
    sees: /(?<!(safeNext|nextOf)\(\w+)\.get\('next'\)/, // safe-next.ts looks at it, here or where nextOf hands it on to
    only: {},
    breach: "location.assign(search.get('next'))",
  },

  // --- what goes out to other machines ---
  'calls of addresses': {
    sees: /(?<![.\w])fetch\(|^import (?!type\b).*from 'node:https?'|from '(undici|axios|got|node-fetch)'|\('(openid-client|@opentelemetry\/exporter[\w-]*)'\)/m,
    only: {
      [`${server}/outgoing.ts`]: 'addresses that somebody typed; never private networks',
      [`${server}/files-s3.ts`]: 'FILES_URL',
      [`${server}/sms-aliyun.ts`]: 'SMS_URL',
      [`${server}/tls.ts`]: 'no calls: the portal’s own server',
      [`${server}/warehouse-process.ts`]: 'no calls: the embedded ClickHouse, on 127.0.0.1 under a password of its own',
      'features/accounts/server/breached-passwords.ts': 'PASSWORD_BREACH_URL',
      'features/accounts/server/oidc-client.ts': 'OIDC_PROVIDERS',
      [`${server}/tracing.ts`]: 'where traces are sent, by switch',
      'platform/web/api/browser-api.ts': 'the portal, from its pages',
      'features/configurator/web/engine-worker.ts': 'the portal, from its worker',
      'features/embed/web/site.ts': 'the portal, from a page of another site, without cookies',
      'features/embed/web/token-keeper.ts': 'the server of that site, for a token',
      'features/discovery/server/wechat-script.ts': 'the portal, from its pages in WeChat',
      'features/discovery/web/share-preview.tsx': 'a page of the portal, as a stranger sees it',
    },
    breach: 'const answer = await fetch(webhook.url)',
  },
  'connections by socket': {
    sees: /^import (?!type\b).*from 'node:(net|tls|dgram|http2)'/m,
    only: {
      [`${server}/outgoing.ts`]: 'no connections: the list of private networks',
      [`${server}/scanner.ts`]: 'SCANNER_URL',
      [`${server}/broker-doors.ts`]: 'no connections: the ports by which devices come',
      [`${server}/postgres.ts`]: 'a free port of 127.0.0.1',
      [`${server}/tls.ts`]: 'no connections: whether a certificate can be used',
      'features/operations/server/certificate.ts': 'PUBLIC_URL, to see when its certificate ends',
    },
    breach: "import { connect } from 'node:net'",
  },
  'devices and their broker': {
    sees: /^import (?!type\b).*from '(mqtt|aedes)'/m,
    only: {
      [`${server}/broker-embedded.ts`]: 'the broker in the portal: prefix, bounds, acknowledgement',
      [`${server}/broker-external.ts`]: 'MQTT_URL',
    },
    breach: "import { connect } from 'mqtt'",
  },
  mail: {
    sees: /^import (?!type\b).*from 'nodemailer/m,
    only: {
      [`${server}/mail-smtp.ts`]: 'SMTP_URL, or the server entered in the console; addresses and headers are encoded there',
    },
    breach: "import { createTransport } from 'nodemailer'",
  },
  'connections to the warehouse': {
    sees: /from '(chdb|@clickhouse\/client)'/,
    only: {
      [`${server}/warehouse.ts`]: 'the client, CLICKHOUSE_URL or the embedded one',
      [`${server}/warehouse-failures.ts`]: 'the error of the client, by which failures are told apart',
      [`${server}/warehouse-sessions.ts`]: 'the engine of the embedded one, in a process of its own',
      [`${server}/backup/warehouse-backup.ts`]: 'backup and restore of the embedded one',
    },
    breach: "import { createClient } from '@clickhouse/client'",
  },
  'connections to the database': {
    sees: /new pg\.(Client|Pool)\(/,
    only: {
      [`${server}/database.ts`]: 'the pool',
      [`${server}/signals.ts`]: 'notifications',
      [`${server}/broker-slots.ts`]: 'the place of a process at the broker outside',
      [`${server}/migrate.ts`]: 'migrations',
      [`${server}/postgres.ts`]: 'the embedded server',
      [`${server}/backup/`]: 'backup, restore, verification',
    },
    breach: 'const client = new pg.Client(url)',
  },

  // --- the machine itself ---
  'SQL put together as text': {
    sees: /\.query(<[^(]*>)?\(\s*`[^`]*\$\{|\bsql\.(raw|lit)\(/,
    only: {
      [`${server}/signals.ts`]: 'names of channels, by escapeIdentifier',
      [`${server}/postgres.ts`]: 'the name of the database, a constant',
      [`${server}/backup/`]: 'names of tables from the catalogue of the database, quoted',
      'features/telemetry/server/retention/measured.ts': 'parts of a query, constants alone',
    },
    breach: `pool.query(\`select * from lead where name = '\${name}'\`)`,
  },
  'other programs': {
    sees: /node:child_process|node:cluster/,
    only: {
      [`${server}/postgres.ts`]: 'the embedded server, and whose process a number is',
      [`${server}/warehouse-embedded.ts`]: 'the embedded ClickHouse',
      'app/keep-backing-up.ts': 'the backup command of this portal',
      'features/operations/server/advisories.ts': 'npm audit, by command',
    },
    breach: "import { exec } from 'node:child_process'",
  },
  'files that are written': {
    sees: /\b(writeFile|appendFile|createWriteStream|copyFile|rename|symlink|mkdir|rm|cp|chown|chmod)(Sync)?\(|\bopen\([^)\n]*, '(w|a|r\+)[+xs]*'/,
    only: {
      [`${server}/own-secret.ts`]: 'secrets of the demo, once',
      [`${server}/files-disk.ts`]: 'files of strangers, under keys of our own',
      [`${server}/files-spool.ts`]: 'files of strangers while they come',
      [`${server}/file-jobs.ts`]: 'clears up what came and was left',
      [`${server}/postgres.ts`]: 'the embedded server',
      [`${server}/postgres-binaries.ts`]: 'the embedded server',
      [`${server}/warehouse-embedded.ts`]: 'the embedded ClickHouse, in a folder of its own',
      [`${server}/warehouse-process.ts`]: 'the same',
      [`${server}/warehouse-repair.ts`]: 'the same, before it starts',
      [`${server}/warehouse-wal.ts`]: 'its write-ahead log, in a folder of its own',
      [`${server}/warehouse-wal-file.ts`]: 'the same, under names of our own',
      [`${server}/backup/`]: 'backup, restore, the archive of the log, journals',
      'app/demo-fleet.ts': 'tokens of the demo’s own machines',
      'app/commands/write-new-file.ts': 'what a command exports, where the operator names a new file',
      'features/operations/server/advisories.ts': 'the report of known vulnerabilities',
      'features/privacy/server/erase-person.ts': 'the journal of erasures, ids and hashes alone',
    },
    breach: 'await writeFile(join(dataDir, request.name), body)',
  },
  'lines for the operator': {
    sees: /\bconsole\.\w+\(|from 'pino'|process\.std(out|err)\.write\(/,
    only: {
      [`${server}/log.ts`]: 'the log, without personal values',
      'app/main.ts': 'where the portal is to be found',
      'app/cli.ts': 'what a command is for',
      'app/commands/': 'what a command did',
    },
    breach: 'console.log(request.body)',
  },
}

/** Paths below portal/src, with the text of each file without its comments. */
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !/^test-|\.(test|d)\.tsx?$/.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name))
  .map(file => ({
    path: relative(source, file).replaceAll('\\', '/'),
    text: withoutComments(readFileSync(file, 'utf8')),
  }))

/** Not a parser: a comment is what begins with a line or follows code after a space. */
function withoutComments(text: string): string {
  return text.replaceAll(/^\s*\/\*[\s\S]*?\*\/|(^|\s)\/\/ .*$/gm, '')
}

const covers = (place: string, path: string) => (place.endsWith('/') ? path.startsWith(place) : path === place)

/** Where it stands though it may not. */
const breaches = ({ sees, only }: Guard, among: readonly { path: string; text: string }[]): string[] =>
  among
    .filter(({ path, text }) => sees.test(text) && !Object.keys(only).some(place => covers(place, path)))
    .map(({ path }) => path)

const each = Object.entries(guards)

test.each(each)('%s: only where it is named', (_, guard) => {
  expect(breaches(guard, files)).toEqual([])
})

test.each(each)('%s: every place named is in use', (_, { sees, only }) => {
  const idle = Object.keys(only).filter(place => !files.some(({ path, text }) => covers(place, path) && sees.test(text)))
  expect(idle).toEqual([])
})

test.each(each)('%s: a breach elsewhere is seen', (_, guard) => {
  const elsewhere = { path: 'features/anything/server/quick-fix.ts', text: withoutComments(guard.breach) }
  expect(breaches(guard, [elsewhere])).toEqual([elsewhere.path])
})

test('the check has seen the sources, and no comments', () => {
  expect(files.length).toBeGreaterThan(300)
  expect(withoutComments('/** eval( */\nconst a = 1 // eval(\nb()')).not.toContain('eval')
})
