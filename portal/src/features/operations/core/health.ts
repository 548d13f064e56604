import type { AttackModeName, AttackSign } from '#platform/core'
import type { HealthFact, HealthState } from './api.ts'

/** What was found, for `judge`. Times in ms since 1970, sizes in bytes. */
export interface HealthReadings {
  now: number
  demo: boolean
  /** waitedMs: until a request had one of the connections that this process shares */
  database: { version: string; bytes: number; connections: number; maxConnections: number; waitedMs: number; pool: number }
  /** names of migrations this process has, and those the database has beyond them */
  migrations: { last: string; newer: string[] }
  listeners: { name: string; behind: number; oldest: number | null; attempts: number }[]
  queues: { name: string; waiting: number; active: number; oldest: number | null }[]
  deadLetters: { events: number; jobs: number; mails: number }
  warehouse: WarehouseReading
  mail: MailReading
  storage: { name: string; free: number; size: number }[]
  versions: { fettle: string; node: string; system: string; since: number }
  certificate: CertificateReading
  backup: BackupReading | null
  advisories: AdvisoryReading | null
  attack: AttackReading
  broker: BrokerReading
}

export interface WarehouseReading {
  state: 'asleep' | 'away' | 'up'
  version: string | null
  bytes: number | null
  /** why it is away */
  reason: string | null
  /** events that are not in it yet, 200,000 at most, and when the oldest of them happened */
  behind: number
  oldest: number | null
}

/** How devices come. */
export type BrokerReading =
  /** nothing listens; port: the one that is taken */
  | { kind: 'off'; reason: 'not-open' | 'no-feature' | 'no-port' | 'port-taken'; port: number | null }
  /** waiting: messages that are not written yet */
  | { kind: 'embedded'; address: string; connections: number; waiting: number }
  | { kind: 'external'; address: string; connected: boolean; trouble: string | null; waiting: number }

export interface MailReading {
  /** by what mail leaves: SMTP_URL, the server entered in the console, not at all since the demo catches it, or not at all yet */
  by: 'environment' | 'console' | 'demo' | 'nothing'
  /** mails that wait until there is a server */
  waiting: number
}

export interface AttackReading {
  mode: AttackModeName
  /** whether the stricter mode holds */
  strict: boolean
  /** when it was last turned over; null: never */
  since: number | null
  /** by what: 'switch', the end of all signs, or a sign */
  why: 'switch' | 'calm' | AttackSign | null
  /** name of who switched; null: a command, or the portal itself */
  by: string | null
  /** what the process that answers sees of each sign: late in ms, the others per second */
  signs: { sign: AttackSign; value: number; alarming: number }[]
}

export type CertificateReading =
  | { kind: 'none' }
  | { kind: 'found'; from: 'file' | 'address'; expires: number; names: string }
  | { kind: 'unreadable'; error: string }

export interface BackupReading {
  /** when the last one ended well */
  at: number
  bytes: number | null
  /** when a backup was last compared with what it was made of; null: never */
  verifiedAt: number | null
  /** the last try, where it failed after `at` */
  failed: { at: number; error: string } | null
  /** of the log since that backup: until when it reaches, null: it adds nothing, and how many of its segments are missing; null: none is kept */
  log: { reachesTo: number | null; missing: number } | null
}

export interface AdvisoryReading {
  at: number
  fettle: string
  critical: number
  high: number
  moderate: number
  low: number
  items: { name: string; severity: string; title: string }[]
}

/** One finding: texts by key below `operations:health.<id>.`, with their values. */
export interface Finding {
  id: string
  state: HealthState
  says: string
  advice: string | null
  values: Record<string, string | number>
  facts: Fact[]
  parts: { name: string; state: HealthState; facts: Fact[] }[]
}

/** label: a key below `operations:fact.` */
type Fact = HealthFact

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const MB = 1024 * 1024

/** How everything stands and what to do about it. */
export function judge(found: HealthReadings): Finding[] {
  return [
    judgeDatabase(found),
    judgeListeners(found),
    judgeJobs(found),
    judgeDeadLetters(found),
    judgeWarehouse(found),
    judgeMail(found),
    judgeAttack(found),
    judgeBroker(found),
    judgeStorage(found),
    judgeCertificate(found),
    judgeBackup(found),
    judgeAdvisories(found),
    judgeVersions(found),
  ]
}

/** The state of the whole is that of its worst part; what is not known does no harm beside what is. */
export function worst(states: readonly HealthState[]): HealthState {
  if (states.includes('failing')) return 'failing'
  return states.includes('warning') ? 'warning' : 'fine'
}

/** ms: a burst of requests waits for less, and is over */
const longWaitMs = 1000

function judgeDatabase({ database }: HealthReadings): Finding {
  const { version, bytes, connections, maxConnections, waitedMs, pool } = database
  const facts = [
    fact('version', version),
    fact('size', bytes, 'bytes'),
    fact('connections', `${connections} / ${maxConnections}`),
    fact('waited', waitedMs, 'milliseconds'),
  ]
  const finding = { id: 'database', facts, values: { pool, connections, maxConnections } }
  if (connections > maxConnections * 0.9) return found(finding, 'warning', 'crowded', 'crowdedAdvice')
  if (waitedMs > longWaitMs) return found(finding, 'warning', 'waiting', 'waitingAdvice')
  return found(finding, 'fine', 'fine')
}

function judgeListeners({ now, listeners }: HealthReadings): Finding {
  const parts = listeners.map(({ name, behind, oldest, attempts }) => {
    const age = oldest === null ? 0 : now - oldest
    const facts = [fact('behind', behind, 'count'), ...(behind > 0 ? [fact('age', seconds(age), 'seconds')] : [])]
    if (attempts > 0) facts.push(fact('attempts', attempts, 'count'))
    return { name, state: byAge(age), facts }
  })
  const state = worst(parts.map(part => part.state))
  const late = parts.filter(part => part.state !== 'fine').length
  return found(
    { id: 'listeners', parts, values: { count: late } },
    state,
    state === 'fine' ? 'fine' : 'late',
    advised(state, 'lateAdvice'),
  )
}

function judgeJobs({ now, queues }: HealthReadings): Finding {
  const parts = queues.map(({ name, waiting, active, oldest }) => {
    const age = oldest === null ? 0 : now - oldest
    const facts = [fact('due', waiting, 'count'), fact('active', active, 'count')]
    if (waiting > 0) facts.push(fact('age', seconds(age), 'seconds'))
    return { name, state: byAge(age), facts }
  })
  const state = worst(parts.map(part => part.state))
  const late = parts.filter(part => part.state !== 'fine').length
  return found(
    { id: 'jobs', parts, values: { count: late } },
    state,
    state === 'fine' ? 'fine' : 'late',
    advised(state, 'lateAdvice'),
  )
}

/** Work is done within seconds; a minute means trouble, ten that somebody is missing something. */
const byAge = (ms: number): HealthState => (ms > 10 * minute ? 'failing' : ms > minute ? 'warning' : 'fine')

function judgeDeadLetters({ deadLetters }: HealthReadings): Finding {
  const { events, jobs, mails } = deadLetters
  const count = events + jobs + mails
  const facts = [fact('events', events, 'count'), fact('jobs', jobs, 'count'), fact('mails', mails, 'count')]
  if (count === 0) return found({ id: 'deadLetters', facts }, 'fine', 'fine')
  return found({ id: 'deadLetters', facts, values: { count } }, 'warning', 'some', 'someAdvice')
}

/** Nothing is lost while it is away: what waits for it is in the database. */
function judgeWarehouse({ now, warehouse }: HealthReadings): Finding {
  const { state, version, bytes, reason, behind, oldest } = warehouse
  const age = oldest === null ? 0 : now - oldest
  const facts = [
    ...(version === null ? [] : [fact('version', version)]),
    ...(bytes === null ? [] : [fact('size', bytes, 'bytes')]),
    fact('eventsBehind', behind, 'count'),
    ...(behind > 0 ? [fact('age', seconds(age), 'seconds')] : []),
  ]
  const finding = { id: 'warehouse', facts, values: { count: behind, reason: reason ?? '' } }
  if (state === 'asleep') return found(finding, 'unknown', 'asleep')
  if (state === 'away') return found(finding, age > hour ? 'failing' : 'warning', 'away', 'awayAdvice')
  if (age > 10 * minute) return found(finding, 'warning', 'behind', 'behindAdvice')
  return found(finding, 'fine', 'fine')
}

function judgeMail({ mail: { by, waiting } }: HealthReadings): Finding {
  const finding = { id: 'mail', facts: waiting > 0 ? [fact('mailsWaiting', waiting, 'count')] : [] }
  if (by === 'demo') return found(finding, 'unknown', 'demo')
  if (by === 'nothing') return found(finding, waiting > 0 ? 'failing' : 'warning', 'none', 'noneAdvice')
  return found(finding, 'fine', by)
}

function judgeAttack({ attack }: HealthReadings): Finding {
  const { mode, strict, since, why, by, signs } = attack
  const facts = since === null ? [] : [fact('since', new Date(since).toISOString(), 'time')]
  if (by !== null) facts.push(fact('by', by))
  const parts = signs.map(({ sign, value, alarming }) => ({
    name: sign,
    state: value >= alarming ? ('warning' as const) : ('fine' as const),
    facts: [measured('now', sign, value), measured('alarming', sign, alarming)],
  }))
  const finding = { id: 'attack', facts, parts }
  if (mode === 'off') return found(finding, 'warning', 'off', 'offAdvice')
  if (!strict) return found(finding, 'fine', 'fine')
  if (mode === 'on') return found(finding, 'warning', 'on', 'onAdvice')
  return found(finding, 'warning', why ?? 'late', 'strictAdvice')
}

/** More than this waits only where writing cannot keep up. */
const manyMessages = 20_000

function judgeBroker({ broker }: HealthReadings): Finding {
  if (broker.kind === 'off') {
    const finding = { id: 'broker', values: { port: String(broker.port) } }
    if (broker.reason === 'port-taken') return found(finding, 'warning', 'taken', 'takenAdvice')
    return found(
      finding,
      'unknown',
      broker.reason === 'no-port' ? 'noPort' : 'none',
      broker.reason === 'no-port' ? 'noPortAdvice' : null,
    )
  }
  const facts = [fact('at', broker.address)]
  if (broker.kind === 'embedded') facts.push(fact('connectedDevices', broker.connections, 'count'))
  facts.push(fact('messagesWaiting', broker.waiting, 'count'))
  const finding = { id: 'broker', facts, values: { error: broker.kind === 'external' ? (broker.trouble ?? '') : '' } }
  if (broker.kind === 'external' && !broker.connected) return found(finding, 'failing', 'away', 'awayAdvice')
  if (broker.kind === 'external' && broker.trouble !== null) return found(finding, 'failing', 'refused', 'refusedAdvice')
  if (broker.waiting > manyMessages) return found(finding, 'warning', 'behind', 'behindAdvice')
  return found(finding, 'fine', broker.kind)
}

const measured = (label: string, sign: string, value: number) =>
  sign === 'late' ? fact(label, Math.round(value), 'milliseconds') : fact(label, Math.round(value * 10) / 10, 'perSecond')

function judgeStorage({ storage }: HealthReadings): Finding {
  const parts = storage.map(({ name, free, size }) => ({
    name,
    state: bySpace(free, size),
    facts: [fact('free', free, 'bytes'), fact('share', size > 0 ? (free / size) * 100 : 0, 'percent')],
  }))
  const state = worst(parts.map(part => part.state))
  return found({ id: 'storage', parts }, state, state === 'fine' ? 'fine' : 'low', advised(state, 'lowAdvice'))
}

const bySpace = (free: number, size: number): HealthState => {
  if (free < size * 0.03 || free < 500 * MB) return 'failing'
  return free < size * 0.1 || free < 2000 * MB ? 'warning' : 'fine'
}

function judgeCertificate({ certificate, now, demo }: HealthReadings): Finding {
  if (certificate.kind === 'none') {
    return demo ? found({ id: 'certificate' }, 'unknown', 'demo') : found({ id: 'certificate' }, 'warning', 'none', 'noneAdvice')
  }
  if (certificate.kind === 'unreadable') {
    return found({ id: 'certificate', values: { error: certificate.error } }, 'warning', 'unreadable', 'unreadableAdvice')
  }
  const { expires, names, from } = certificate
  const days = Math.floor((expires - now) / day)
  const facts = [fact('names', names), fact('expires', new Date(expires).toISOString(), 'time')]
  const finding = { id: 'certificate', facts, values: { count: Math.max(0, days) } }
  const advice = from === 'file' ? 'fileAdvice' : 'addressAdvice'
  if (days < 0) return found(finding, 'failing', 'expired', advice)
  if (days < 21) return found(finding, days < 7 ? 'failing' : 'warning', 'soon', advice)
  return found(finding, 'fine', 'fine')
}

function judgeBackup({ backup, now, demo }: HealthReadings): Finding {
  if (!backup) return found({ id: 'backup' }, demo ? 'unknown' : 'failing', 'none', 'noneAdvice')
  const { at, bytes, verifiedAt, failed, log } = backup
  const facts = [fact('last', new Date(at).toISOString(), 'time')]
  if (bytes !== null) facts.push(fact('size', bytes, 'bytes'))
  if (verifiedAt !== null) facts.push(fact('verified', new Date(verifiedAt).toISOString(), 'time'))
  if (log && log.reachesTo !== null) facts.push(fact('reachesTo', new Date(log.reachesTo).toISOString(), 'time'))
  const missing = log?.missing ?? 0
  const finding = { id: 'backup', facts, values: { error: failed?.error ?? '', count: missing } }
  if (failed && failed.at > at) return found(finding, 'failing', 'failed', 'failedAdvice')
  if (now - at > 8 * day) return found(finding, 'failing', 'old', 'oldAdvice')
  if (missing > 0) return found(finding, 'failing', 'gap', 'gapAdvice')
  if (now - at > 2 * day) return found(finding, 'warning', 'old', 'oldAdvice')
  if (verifiedAt === null || now - verifiedAt > 35 * day) return found(finding, 'warning', 'unverified', 'unverifiedAdvice')
  return found(finding, 'fine', 'fine')
}

function judgeAdvisories({ advisories, now, versions, demo }: HealthReadings): Finding {
  if (!advisories) return found({ id: 'advisories' }, demo ? 'unknown' : 'warning', 'none', 'noneAdvice')
  const { at, fettle, critical, high, moderate, low, items } = advisories
  const count = critical + high + moderate + low
  const finding = {
    id: 'advisories',
    facts: [fact('made', new Date(at).toISOString(), 'time'), fact('known', count, 'count')],
    parts: items.map(({ name, severity, title }) => ({
      name,
      state: severity === 'critical' || severity === 'high' ? ('failing' as const) : ('warning' as const),
      facts: [fact('severity', severity), fact('about', title)],
    })),
    values: { count, fettle },
  }
  if (critical + high > 0) return found(finding, 'failing', 'some', 'someAdvice')
  if (fettle !== versions.fettle) return found(finding, 'warning', 'other', 'oldAdvice')
  if (now - at > 30 * day) return found(finding, 'warning', 'old', 'oldAdvice')
  if (count > 0) return found(finding, 'warning', 'some', 'someAdvice')
  return found(finding, 'fine', 'fine')
}

function judgeVersions({ versions, migrations }: HealthReadings): Finding {
  const facts = [
    fact('fettle', versions.fettle),
    fact('node', versions.node),
    fact('system', versions.system),
    fact('migration', migrations.last),
    fact('started', new Date(versions.since).toISOString(), 'time'),
  ]
  const finding = { id: 'versions', facts, values: { newer: migrations.newer.join(', ') } }
  if (migrations.newer.length > 0) return found(finding, 'warning', 'newer', 'newerAdvice')
  return found(finding, 'fine', 'fine')
}

const found = (
  finding: Pick<Finding, 'id'> & Partial<Finding>,
  state: HealthState,
  says: string,
  advice: string | null = null,
): Finding => ({ values: {}, facts: [], parts: [], ...finding, state, says, advice })

const fact = (label: string, value: string | number, unit: Fact['unit'] = 'text'): Fact => ({ label, value, unit })
const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000))
const advised = (state: HealthState, key: string) => (state === 'fine' ? null : key)
