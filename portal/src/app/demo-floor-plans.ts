import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { membersOfCompany } from '#features/accounts/server'
import { devicesBySerial, typedDevices } from '#features/devices/server'
import { type FloorPlanFields, placeAt } from '#features/floorplans/core'
import { addPlan, findPlan, listPlans, placeMachine, putPicture } from '#features/floorplans/server'
import { type Account, type Platform, renderPicture } from '#platform/server'

/** What stands in examples/machines/floor-plans.json. */
interface DemoFloorPlan extends FloorPlanFields {
  /** file beside it, SVG */
  drawing: string
  /** the first one's owner has the plan; metres */
  machines: { serial: string; x: number; y: number }[]
}

/** Plans of the halls of the demo's customers. Nothing for a customer who has one already. */
export async function loadDemoFloorPlans(platform: Platform): Promise<void> {
  const { database } = platform
  const plans = JSON.parse(readExample('floor-plans.json').toString()) as DemoFloorPlan[]
  for (const plan of plans)
    await database.transaction(async () => {
      await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
      const owner = await ownerOf(platform, plan.machines[0]!.serial)
      if (owner && (await listPlans(platform, owner)).length === 0) await draw(platform, owner, plan)
    })
}

async function draw(platform: Platform, owner: Account, { drawing, machines, ...fields }: DemoFloorPlan): Promise<void> {
  const planId = await addPlan(platform, owner, fields)
  const png = await renderPicture(readExample(drawing).toString())
  await putPicture(platform, owner, planId, { name: 'hall.png', content: inOnePiece(png) })
  for (const { serial, ...metres } of machines) {
    const [device] = await devicesBySerial(platform.database, serial)
    const { revision, width, depth } = await findPlan(platform, owner, planId)
    const to = { planId, deviceId: device!.id, place: placeAt(metres, { width, depth }) }
    await placeMachine(platform, owner, { ...to, revision: String(revision) })
  }
}

/** An administrator of the company that owns a machine; undefined: nobody does, or none of it can sign in. */
async function ownerOf(platform: Platform, serial: string): Promise<Account | undefined> {
  const [named] = await devicesBySerial(platform.database, serial)
  const [device] = named ? await typedDevices(platform.database, { ids: [named.id] }) : []
  const [member] = device?.ownerId ? await membersOfCompany(platform, device.ownerId) : []
  return (
    member && {
      ...{ id: member.id, name: member.name, email: member.email, kind: 'customer', emailVerified: true },
      ...{ roles: ['company-admin'], companyId: device!.ownerId, via: { kind: 'session' }, sessionId: '' },
    }
  )
}

async function* inOnePiece(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

const readExample = (file: string): Buffer => readFileSync(join(import.meta.dirname, '../../../examples/machines', file))
