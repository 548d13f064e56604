import { sql } from 'kysely'
import type { TakenReadings } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import type { AlarmTables } from '../tables.ts'

/** Where the home of machines hears that something waits for it; with its id. */
export const handedTopic = 'alarms-handed'

/** Rows that are read at once; each is a part of one batch of messages. */
const together = 20

type Written = [deviceId: string, receivedAt: number, ...readings: [metric: string, at: number, scaled: number][]]

/** Leaves readings for the homes of their machines. One without readings says that its home must look back. */
export async function handOn(platform: Platform, byHome: ReadonlyMap<string, readonly TakenReadings[]>): Promise<void> {
  const { database, live } = platform
  const rows = [...byHome].map(([home, taken]) => ({ home, messages: JSON.stringify(taken.map(written)) }))
  await database.transaction(async () => {
    await database.db<AlarmTables>().insertInto('handed_reading').values(rows).execute()
    for (const home of byHome.keys()) await live.publish(handedTopic, home)
  })
}

/** What others left for this process, in their order; it is given once. */
export async function takeHanded({ database, portals }: Platform): Promise<TakenReadings[]> {
  const { rows } = await sql<{ position: string; messages: string }>`
    delete from handed_reading where position in (
      select position from handed_reading where home = ${portals.self} order by position limit ${together}
    ) returning position, messages`.execute(database.db<AlarmTables>())
  return rows
    .sort((a, b) => Number(a.position) - Number(b.position))
    .flatMap(({ messages }) => (JSON.parse(messages) as Written[]).map(read))
}

/** What was left for processes that have gone: whoever has their machines now has looked back. */
export async function dropHanded({ database }: Platform): Promise<void> {
  await sql`delete from handed_reading h where not exists (select from portal_process p where p.id = h.home)`.execute(
    database.db<AlarmTables>(),
  )
}

const written = ({ deviceId, receivedAt, readings }: TakenReadings): Written => [
  deviceId,
  receivedAt.getTime(),
  ...readings.map(({ metric, at, scaled }): [string, number, number] => [metric, at, scaled]),
]

const read = ([deviceId, receivedAt, ...readings]: Written): TakenReadings => ({
  deviceId,
  receivedAt: new Date(receivedAt),
  readings: readings.map(([metric, at, scaled]) => ({ metric, at, scaled })),
})
