import { statfs } from 'node:fs/promises'
import { personNames } from '#features/accounts/server'
import { type Language, translate } from '#platform/core'
import {
  countWaitingMails,
  mailRoute,
  migrationNames,
  type Platform,
  postgresFolder,
  readBackupStanding,
  readBehind,
  version,
} from '#platform/server'
import { type Finding, type HealthCheck, type HealthReadings, judge, worst } from '../core/index.ts'
import { readAdvisories } from './advisories.ts'
import { readCertificate } from './certificate.ts'

/** How everything stands, in the reader's language. */
export async function readHealth(platform: Platform, language: Language) {
  const checks = judge(await takeReadings(platform)).map(finding => worded(finding, language))
  return { state: worst(checks.map(check => check.state)), at: platform.now().toISOString(), checks }
}

async function takeReadings(platform: Platform): Promise<HealthReadings> {
  const { config, background, broker, now } = platform
  const waitedMs = await waitForConnection(platform) // before what is read below waits for connections itself
  const [standing, database, migrations, storage, certificate, backup, advisories, attack, mail, warehouse] = await Promise.all([
    background.standing(),
    readDatabase(platform),
    readMigrations(platform),
    readStorage(platform),
    readCertificate(config),
    readBackup(platform),
    readAdvisories(config.dataDir),
    readAttack(platform),
    readMail(platform),
    readWarehouse(platform),
  ])
  const { listeners, queues, refusedMails } = standing
  const ms = (at: Date | null) => at?.getTime() ?? null
  return {
    now: now().getTime(),
    demo: config.mode === 'demo',
    database: { ...database, waitedMs },
    migrations,
    listeners: listeners.map(one => ({ ...one, oldest: ms(one.oldest) })),
    queues: queues.map(one => ({ ...one, oldest: ms(one.oldest) })),
    deadLetters: { events: sum(listeners, 'parked'), jobs: sum(queues, 'failed'), mails: refusedMails },
    warehouse,
    mail,
    storage,
    versions: {
      fettle: version,
      node: process.versions.node,
      system: `${process.platform} ${process.arch}`,
      since: Math.round(Date.now() - process.uptime() * 1000),
    },
    certificate,
    backup,
    advisories,
    attack,
    broker: broker.state(),
  }
}

const sum = <Name extends string>(rows: readonly Record<Name, number>[], name: Name) =>
  rows.reduce((total, row) => total + row[name], 0)

/** ms until a request that came now would have a connection to the database */
async function waitForConnection({ database }: Platform): Promise<number> {
  const asked = performance.now()
  const connection = await database.pool.connect()
  connection.release()
  return Math.round(performance.now() - asked)
}

async function readDatabase({ config, database }: Platform): Promise<Omit<HealthReadings['database'], 'waitedMs'>> {
  const { rows } = await database.pool.query<{ version: string; bytes: number; connections: number; most: number }>(`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as most`)
  const { version, bytes, connections, most } = rows[0]!
  return { version, bytes, connections, maxConnections: most, pool: config.databasePool }
}

async function readMigrations({ database }: Platform): Promise<HealthReadings['migrations']> {
  const known = await migrationNames()
  const { rows } = await database.pool.query<{ name: string }>('select name from migration order by name')
  return { last: rows.at(-1)?.name ?? '', newer: rows.map(({ name }) => name).filter(name => !known.includes(name)) }
}

async function readStorage({ config }: Platform): Promise<HealthReadings['storage']> {
  const folders = [['data', config.dataDir], ...(config.databaseUrl ? [] : [['database', postgresFolder(config.dataDir)]])]
  const disks = await Promise.all(
    folders.map(async ([name, path]) => ({ name: name!, disk: await statfs(path!).catch(() => null) })),
  )
  return disks.flatMap(({ name, disk }) =>
    disk ? [{ name, free: disk.bavail * disk.bsize, size: disk.blocks * disk.bsize }] : [],
  )
}

/** A backup that was found wrong counts as one that failed. */
async function readBackup({ config, now }: Platform): Promise<HealthReadings['backup']> {
  const standing = await readBackupStanding(config, now())
  if (!standing || (!standing.last && !standing.failed)) return null
  const { last, verified, failed, log } = standing
  const wrong = verified && !verified.ok ? { at: verified.at, error: verified.failed.join('; ') } : null
  const worse = failed ?? wrong
  return {
    at: last ? Date.parse(last.finishedAt) : 0,
    bytes: last?.bytes ?? null,
    verifiedAt: verified?.ok ? Date.parse(verified.at) : null,
    failed: worse && { at: Date.parse(worse.at), error: worse.error },
    log: log && { reachesTo: log.reachesTo === null ? null : Date.parse(log.reachesTo), missing: log.missing },
  }
}

async function readMail(platform: Platform): Promise<HealthReadings['mail']> {
  const [route, waiting] = [await mailRoute(platform), await countWaitingMails(platform)]
  if (route === null) return { by: 'nothing', waiting }
  return { by: route === 'caught' ? 'demo' : 'url' in route.server ? 'environment' : 'console', waiting }
}

async function readWarehouse({ warehouse, database }: Platform): Promise<HealthReadings['warehouse']> {
  const [standing, { behind, oldest }] = await Promise.all([warehouse.standing(), readBehind(database)])
  const up = standing.state === 'up' ? standing : null
  return {
    state: standing.state,
    version: up?.version ?? null,
    bytes: up?.bytes ?? null,
    reason: standing.state === 'away' ? standing.reason : null,
    behind,
    oldest: oldest?.getTime() ?? null,
  }
}

async function readAttack({ attackMode, database }: Platform): Promise<HealthReadings['attack']> {
  const { since, by, ...standing } = await attackMode.standing()
  const names = await personNames(database, by === null ? [] : [by])
  return {
    ...standing,
    since: since?.getTime() ?? null,
    by: (by !== null && names.get(by)) || null,
    signs: attackMode.pressure(),
  }
}

/** Keys become words; names of listeners and queues stand as they are. */
function worded({ id, state, says, advice, values, facts, parts }: Finding, language: Language): HealthCheck {
  const say = (key: string) => translate(language, `operations:health.${id}.${key}`, values)
  const label = (fact: Finding['facts'][number]) => ({ ...fact, label: translate(language, `operations:fact.${fact.label}`) })
  const named: Record<string, string> = { storage: 'place', attack: 'sign' }
  const partName = (name: string) => (named[id] ? translate(language, `operations:${named[id]}.${name}`) : name)
  return {
    id,
    title: say('title'),
    state,
    says: say(says),
    advice: advice && say(advice),
    facts: facts.map(label),
    parts: parts.map(part => ({ name: partName(part.name), state: part.state, facts: part.facts.map(label) })),
  }
}
