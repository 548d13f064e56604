import { addFloorPlan, getFloorPlan, placeMachine } from '#features/floorplans/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'

const aHall = { name: 'Hall', address: '', width: 40, depth: 20 }
const at = { x: 2000, y: 5000 }

export const floorplansCalls: Record<string, Call> = {
  'floorplans.listFloorPlans': {
    call: async world => {
      await planned(world)
      return {}
    },
  },
  'floorplans.getFloorPlan': { call: async world => ({ params: (await planned(world)).plan }), rows: 'company' },
  'floorplans.getFloorPlanPicture': {
    async call(world) {
      const { plan } = await planned(world)
      await world.database.pool.query(`insert into floor_plan_picture values ($1, 'of-a-hall', 40, 20, '\\x00')`, [plan.planId])
      return { params: plan }
    },
    rows: 'company',
  },
  'floorplans.addFloorPlan': {
    async call(world) {
      await room(world)
      return { body: aHall }
    },
  },
  'floorplans.changeFloorPlan': {
    call: async world => {
      const { plan, ifMatch } = await planned(world)
      return { params: plan, ifMatch, body: { ...aHall, width: 50 } }
    },
    rows: 'company',
  },
  // a file that is no picture gets as far as being looked at
  'floorplans.uploadFloorPlanPicture': {
    call: async world => ({ params: (await planned(world)).plan, file: '%PDF-1.7' }),
    ...{ answers: 422, rows: 'company' },
  },
  'floorplans.removeFloorPlanPicture': { call: async world => ({ params: (await planned(world)).plan }), rows: 'company' },
  'floorplans.removeFloorPlan': { call: async world => ({ params: (await planned(world)).plan }), rows: 'company' },
  'floorplans.placeMachine': {
    call: async world => {
      const { plan, deviceId, ifMatch } = await planned(world)
      return { params: { ...plan, deviceId }, ifMatch, body: at }
    },
    rows: 'company',
  },
  'floorplans.takeMachineOff': {
    call: async world => {
      const { plan, deviceId, ifMatch } = await planned(world)
      return { params: { ...plan, deviceId }, ifMatch }
    },
    rows: 'company',
  },
}

/** The first plans of the company give way. */
const room = ({ database }: World) => database.pool.query('delete from floor_plan')

/** A plan of the company with a machine on it, and the revision it stands at. */
async function planned(world: World) {
  await room(world)
  const { api } = world.own.admin
  const { deviceId } = await ownDevice(world)
  const { id } = await api.call(addFloorPlan, { body: aHall })
  const plan = { planId: id }
  const { etag } = await api.callWithEtag(getFloorPlan, { params: plan })
  const placed = await api.callWithEtag(placeMachine, { params: { ...plan, deviceId }, ifMatch: etag, body: at })
  return { plan, deviceId, ifMatch: placed.etag }
}
