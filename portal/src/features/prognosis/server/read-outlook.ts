import { sql } from 'kysely'
import { isVisible } from '#features/devices/core'
import { componentsInMachines, demandVisible, type OpenTo } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import { fewestFailures, type Outlook, type Remaining, type Silence } from '../core/index.ts'
import { keptPrognoses } from './foretell-machines.ts'
import { endingsOf } from './read-parts.ts'
import type { PrognosisTables } from './tables.ts'

/** What was foretold of a machine, as far as the account may see its times. 404 where nothing of the machine is its. */
export async function readOutlook(
  platform: Platform,
  account: Account | null,
  { deviceId, openTo }: { deviceId: string; openTo: OpenTo },
): Promise<Outlook> {
  const { database } = platform
  const spans = await demandVisible(platform, account, [deviceId])
  if (!(await openTo(platform, account, [deviceId])).has(deviceId)) return { open: false, withheld: false, components: [] }
  const [components, endings, told] = await Promise.all([
    componentsInMachines(database, [deviceId]),
    endingsOf(database),
    latestTold(platform, [deviceId], keptPrognoses),
  ])
  return {
    open: true,
    withheld: !spans.some(({ until }) => until === null),
    components: components.map(({ key, name, typeId }) => {
      const seen = told.filter(row => row.component === key && isVisible(row.at, spans))
      const failures = endings.find(one => one.typeId === typeId && one.component === key)?.failures ?? 0
      const last = seen.at(-1)
      return {
        ...{ key, name, failures, needed: fewestFailures, kind: last?.kind ?? 'trend' },
        ...{ remaining: last ? remainingOf(last) : null, model: last?.number ?? null },
        reason: last ? (last.reason as Silence | null) : failures < fewestFailures ? 'no-history' : 'no-readings',
        asOf: last?.at.toISOString() ?? null,
        before: seen.flatMap(row => {
          const remaining = remainingOf(row)
          return remaining ? [{ asOf: row.at.toISOString(), remaining }] : []
        }),
      }
    }),
  }
}

/** What is foretold of one component of a machine now. remaining: hours; null: no number, for the reason */
export interface ComponentPrognosis {
  component: string
  kind: 'trend' | 'model'
  remaining: Remaining | null
  asOf: Date
  reason: Silence | null
}

/**
 * The last word on each component of machines, for the portal's own work: whoever shows it asks `visibleIntervals` whether `asOf` is the reader's.
 * Machines of which nothing was foretold are absent.
 */
export async function prognosesOf(platform: Platform, deviceIds: readonly string[]): Promise<Map<string, ComponentPrognosis[]>> {
  const rows = await latestTold(platform, deviceIds, 1)
  return new Map(
    [...Map.groupBy(rows, ({ device_id }) => device_id)].map(([id, own]) => [
      id,
      own.map(row => ({
        ...{ component: row.component, kind: row.kind, remaining: remainingOf(row), asOf: row.at },
        reason: row.reason as Silence | null,
      })),
    ]),
  )
}

interface Told {
  device_id: string
  component: string
  at: Date
  kind: 'trend' | 'model'
  lower_hours: number | null
  median_hours: number | null
  upper_hours: number | null
  beyond: boolean
  reason: string | null
  number: number | null
}

/** The last so many of each component, oldest first. */
async function latestTold({ database }: Platform, deviceIds: readonly string[], each: number): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select p.*, m.number from (
      select *, row_number() over (partition by device_id, component order by id desc) as place
      from component_prognosis where device_id = any(${[...deviceIds]}::uuid[])
    ) p left join life_model m on m.id = p.model_id where p.place <= ${each} order by p.id`.execute(
    database.db<PrognosisTables>(),
  )
  return rows
}

const remainingOf = (row: Told): Remaining | null =>
  row.lower_hours === null || row.median_hours === null || row.upper_hours === null
    ? null
    : { lower: row.lower_hours, median: row.median_hours, upper: row.upper_hours, beyond: row.beyond }
