import { sql } from 'kysely'
import { devicesBySerial } from '#features/devices/server'
import { type Account, invalid, notFound, type Platform } from '#platform/server'
import { refused } from './problems.ts'
import { getPart, type Part } from './read-parts.ts'
import type { PrognosisTables } from './tables.ts'

interface Noted {
  serial: string
  beganOn: string
  endedOn: string
  ending: 'failed' | 'censored'
}

/** Notes how a component of a machine of the type ended. Days are those of UTC. */
export async function addLife(platform: Platform, actor: Account, part: Part, noted: Noted) {
  const { database } = platform
  return database.transaction(async () => {
    await getPart(database, part)
    const deviceId = await machineOf(platform, part, noted.serial)
    const { numInsertedOrUpdatedRows } = await database
      .db<PrognosisTables>()
      .insertInto('component_life')
      .values({
        ...{ id: platform.newId(), device_id: deviceId, component: part.component, ending: noted.ending, source: 'staff' },
        ...{ began_at: new Date(`${noted.beganOn}T00:00Z`), ended_at: new Date(`${noted.endedOn}T00:00Z`) },
        ...{ noted_by: actor.id, noted_at: platform.now() },
      })
      .onConflict(clash => clash.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) throw refused('life-known')
    await platform.audit.write({
      action: 'component-life.noted',
      target: { kind: 'device', id: deviceId },
      facts: { component: part.component, ending: noted.ending, endedOn: noted.endedOn },
    })
    return getPart(database, part)
  })
}

/** Takes a note back. */
export async function removeLife(platform: Platform, lifeId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const life = await platform.database
      .db<PrognosisTables>()
      .deleteFrom('component_life')
      .where('id', '=', lifeId)
      .returning(['device_id', 'component'])
      .executeTakeFirst()
    if (!life) throw notFound({ 'zh-CN': '故障记录', en: 'note' })
    await platform.audit.write({
      action: 'component-life.taken-back',
      target: { kind: 'device', id: life.device_id },
      facts: { component: life.component },
    })
  })
}

async function machineOf({ database }: Platform, { typeId }: Part, serial: string): Promise<string> {
  const ids = (await devicesBySerial(database, serial)).map(({ id }) => id)
  const { rows } = await sql<{ id: string }>`
    select id from device where id = any(${ids}::uuid[]) and type_id = ${typeId}::uuid`.execute(database.db())
  if (rows.length === 1) return rows[0]!.id
  throw invalid([
    {
      field: '/serial',
      value: serial,
      message: { 'zh-CN': '该机型中没有这个序列号的机器。', en: 'No machine of this type has that serial number.' },
      remedy: { 'zh-CN': '请核对序列号和机型。', en: 'Check the serial number and the type.' },
    },
  ])
}
