import { claimDevice, createDevice, createDeviceType, issueClaimCode } from '#features/devices/core'
import { writeWorkbook } from '#platform/server'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'

export const prognosisCalls: Record<string, Call> = {
  'prognosis.getMyOutlook': {
    call: async world => ({ params: { deviceId: (await ownMachine(world)).deviceId } }),
    rows: 'company',
  },
  'prognosis.getOutlook': { call: async world => ({ params: { deviceId: (await ownMachine(world)).deviceId } }) },
  'prognosis.renewOutlook': { call: async world => ({ params: { deviceId: (await ownMachine(world)).deviceId } }) },
  'prognosis.listParts': { call: () => ({}) },
  'prognosis.getPart': { call: async world => ({ params: partOf(await ownMachine(world)) }) },
  'prognosis.trainModel': {
    call: async world => {
      const machine = await ownMachine(world)
      for (let year = 2000; year < 2010; year++) await newLife(world, machine, year)
      return { params: partOf(machine), body: {} }
    },
  },
  'prognosis.cancelTraining': { call: async world => ({ params: { modelId: await newModel(world, await ownMachine(world)) } }) },
  'prognosis.activateModel': { call: async world => ({ params: { modelId: await newModel(world, await ownMachine(world)) } }) },
  'prognosis.rollBackModel': {
    call: async world => {
      const machine = await ownMachine(world)
      const modelId = await newModel(world, machine)
      await world.database.pool.query(
        `insert into life_model_activation (id, type_id, component, model_id, how, at) values ($1, $2, 'bearing', $3, 'activated', now())`,
        [world.platform.newId(), machine.typeId, modelId],
      )
      return { params: partOf(machine) }
    },
  },
  'prognosis.lifeTemplate': { call: async world => ({ params: partOf(await ownMachine(world)) }) },
  'prognosis.importLives': {
    call: async world => ({ params: partOf(await ownMachine(world)), file: await aLifeList() }),
  },
  'prognosis.addLife': {
    call: async world => {
      const machine = await ownMachine(world)
      return {
        params: partOf(machine),
        body: { serial: machine.serial, beganOn: '2024-01-01', endedOn: '2024-06-01', ending: 'failed' },
      }
    },
  },
  'prognosis.removeLife': { call: async world => ({ params: { lifeId: await newLife(world, await ownMachine(world), 2020) } }) },
}

interface Machine {
  deviceId: string
  serial: string
  typeId: string
}

const partOf = ({ typeId }: Machine) => ({ typeId, component: 'bearing' })

/** A machine that the company has claimed, of a type with one component. */
async function ownMachine(world: World): Promise<Machine> {
  const service = await world.api('service')
  const serial = crypto.randomUUID().replaceAll('-', '')
  const text = (zh: string, en: string) => ({ 'zh-CN': zh, en })
  const type = await service.call(createDeviceType, {
    body: {
      ...{ key: `t${serial}`, name: text('机型', 'Type'), metrics: [] },
      components: [{ key: 'bearing', name: text('轴承', 'Bearing') }],
    },
  })
  const { id } = await service.call(createDevice, { body: { serial, model: 'TM-1', typeId: type.id } })
  const { code } = await service.call(issueClaimCode, { params: { deviceId: id } })
  await world.own.admin.api.call(claimDevice, { params: { code } })
  return { deviceId: id, serial, typeId: type.id }
}

async function newLife(world: World, { deviceId }: Machine, year: number): Promise<string> {
  const id = world.platform.newId()
  await world.database.pool.query(
    `insert into component_life (id, device_id, component, began_at, ended_at, ending, source, noted_at)
     values ($1, $2, 'bearing', $3, $4, 'failed', 'staff', now())`,
    [id, deviceId, `${year}-01-01`, `${year}-12-01`],
  )
  return id
}

async function newModel(world: World, { typeId }: Machine): Promise<string> {
  const id = world.platform.newId()
  await world.database.pool.query(
    `insert into life_model (id, type_id, component, number, status, progress, sensors, settings, seed, reasons, begun_at)
     values ($1, $2, 'bearing', 1, 'accepted', 1, '{}', '{}', 1, '{}', now())`,
    [id, typeId],
  )
  return id
}

const aLifeList = async () =>
  Uint8Array.from(
    await writeWorkbook([
      { name: 'Ends', widths: [20, 20, 20, 20], rows: [['Serial number', 'Installed on', 'Ended on', 'Ending']] },
    ]),
  )
