import { sql } from 'kysely'
import { type AttackModeName, type AttackSign, attackSigns } from '#platform/core'
import { alarmingFrom, measure, type Sample, samplesNeeded, signOf } from './attack-signs.ts'
import type { Audit } from './audit.ts'
import type { Database } from './database.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { networkOf } from './rate-limits.ts'

export interface AttackStanding {
  mode: AttackModeName
  strict: boolean
  /** when that was last turned over; null: never */
  since: Date | null
  /** by what: an operator's switch, a sign of attack, the end of all signs; null: never turned over */
  why: 'switch' | 'calm' | AttackSign | null
  /** id of the account that switched; null: a command, or the portal itself */
  by: string | null
}

/** The stricter mode under attack. All portal processes share it through the database. */
export interface AttackMode {
  /** Whether it holds, as this process knows: at once, for every request. */
  strict(): boolean
  /** As it stands in the database. */
  standing(): Promise<AttackStanding>
  /** What this process measured of each sign over the last samples, and from when on it is alarming. */
  pressure(): { sign: AttackSign; value: number; alarming: number }[]
  /** Sets the switch, in the ambient transaction if there is one. by: id of an account; null: a command */
  switchTo(mode: AttackModeName, by: string | null, reason?: string): Promise<void>
  /** Notes what came in. */
  note(seen: { refusedFrom: string } | 'costly' | 'sign-in'): void
  /** Judges every few seconds what was noted; answers how to stop that. load: see Admission */
  watch(load: () => { lateMs: number }): () => void
}

export interface AttackModeOptions {
  /** ms between samples. Default 5,000: a sign has to last for half a minute */
  sampleMs?: number
  /** ms without any sign in any process until it ends by itself. Default 300,000 */
  calmMs?: number
  /** thresholds that differ from the table in attack-signs.ts */
  alarming?: Partial<Record<AttackSign, number>>
}

interface Needs {
  database: Database
  live: Live
  audit: Audit
  metrics: Metrics
  log: Log
}

const topic = 'attack-mode'
const mostPlaces = 1000

/**
 * Any process that sees a sign turns it on for all, and says so again while it sees one; it ends when none has for a while. Away from the
 * database a process defends itself alone.
 */
export async function openAttackMode(
  { database, live, audit, metrics, log }: Needs,
  { sampleMs = 5000, calmMs = 300_000, ...options }: AttackModeOptions = {},
): Promise<AttackMode> {
  const alarming = { ...alarmingFrom, ...options.alarming }
  let known: AttackStanding = { mode: 'auto', strict: false, since: null, why: null, by: null }
  let samples: Sample[] = []
  let seen = nothing()
  const read = async (): Promise<AttackStanding> => {
    const { rows } = await sql<AttackStanding>`
      select mode, strict, since, why, by_account as by from attack_mode`.execute(database.db())
    return rows[0] ?? known
  }
  const take = (now: AttackStanding) => {
    if (now.strict !== known.strict) log.warn({ mode: now.mode, why: now.why }, `stricter mode ${now.strict ? 'on' : 'off'}`)
    known = now
  }
  const refresh = () => read().then(take, error => log.warn({ error }, 'the stricter mode could not be read'))
  live.subscribe(topic, () => void refresh())
  await refresh()
  measureMode(metrics, () => known.strict, pressure)

  function pressure() {
    const measured = measure(samples)
    return attackSigns.map(sign => ({ sign, value: measured[sign], alarming: alarming[sign] }))
  }

  /** Turns it over where that changes something, for all processes, and leaves a trace. */
  async function turn(strict: boolean, why: AttackSign | 'calm'): Promise<void> {
    await database.transaction(async () => {
      const still = strict ? sql`true` : sql`pressed_at < now() - ${calmMs} * interval '1 millisecond'`
      const { numAffectedRows } = await sql`
        update attack_mode set strict = ${strict}, since = now(), why = ${why}, by_account = null
        where mode = 'auto' and strict <> ${strict} and ${still}`.execute(database.db())
      if (!numAffectedRows) return
      const facts = Object.fromEntries(pressure().map(({ sign, value }) => [sign, Math.round(value * 10) / 10]))
      await audit.write({ action: `attack-mode.turned-${strict ? 'on' : 'off'}`, facts: { why, ...facts } })
      await live.publish(topic, 'turned')
    })
  }

  async function judge(): Promise<void> {
    if (known.mode !== 'auto') return
    const sign = signOf(samples, known.strict, alarming)
    if (!sign && !known.strict) return
    if (!sign) return turn(false, 'calm').then(refresh)
    if (!known.strict) take({ ...known, strict: true, why: sign }) // at once, and even where the database does not answer
    const { rows } = await sql<{ strict: boolean }>`
      update attack_mode set pressed_at = now() where mode = 'auto' returning strict`.execute(database.db())
    if (rows[0]?.strict === false) await turn(true, sign)
    else if (!rows[0]) await refresh()
  }

  return {
    strict: () => known.strict,
    standing: read,
    pressure,
    async switchTo(mode, by, reason) {
      await database.transaction(async () => {
        const before = await read()
        await sql`
          update attack_mode set mode = ${mode}, strict = ${mode === 'on'}, since = now(), why = 'switch', by_account = ${by}`.execute(
          database.db(),
        )
        await audit.write({
          action: 'attack-mode.switched',
          before: { mode: before.mode },
          after: { mode },
          ...(reason === undefined ? {} : { reason }),
        })
        await live.publish(topic, 'switched')
      })
    },
    note(one) {
      if (one === 'costly') seen.costly++
      else if (one === 'sign-in') seen.signIns++
      else {
        seen.refused++
        if (seen.places.size < mostPlaces) seen.places.add(networkOf(one.refusedFrom))
      }
    },
    watch(load) {
      let busy = false
      const sampling = setInterval(async () => {
        const { places, since, ...counts } = seen
        seen = nothing()
        const seconds = (seen.since - since) / 1000
        samples = [...samples, { ...counts, places: places.size, seconds, lateMs: load().lateMs }].slice(-samplesNeeded)
        if (busy) return
        busy = true
        await judge().catch(error => log.warn({ error }, 'the stricter mode could not be shared'))
        busy = false
      }, sampleMs).unref()
      return () => clearInterval(sampling)
    },
  }
}

const nothing = () => ({ refused: 0, places: new Set<string>(), costly: 0, signIns: 0, since: performance.now() })

function measureMode(metrics: Metrics, strict: () => boolean, pressure: AttackMode['pressure']): void {
  const mode = metrics.gauge('fettle_attack_mode', '1 while the stricter mode under attack holds')
  const share = metrics.gauge('fettle_attack_pressure', 'Each sign of attack in this process, as a share of what is alarming', [
    'sign',
  ])
  metrics.whenRead(() => {
    mode.set(strict() ? 1 : 0)
    for (const one of pressure()) share.set({ sign: one.sign }, one.value / one.alarming)
  })
}
