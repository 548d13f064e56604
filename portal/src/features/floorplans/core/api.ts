import { z } from 'zod'
import { fleetChoice, fleetMember, fleetPage } from '#features/fleet/core'
import { endpoint, fileAnswer, fileBody } from '#platform/core'
import { fewestMetres, mostMetres, whole } from './floor-plan.ts'

const read = { staff: 'device.read', customer: 'device.read-own' } as const
const write = { customer: 'floor-plan.manage-own' } as const
const params = z.object({ planId: z.uuid() })
const share = z.number().int().min(0).max(whole)
const place = z.strictObject({ x: share, y: share })
const metres = z.number().int().min(fewestMetres).max(mostMetres)

const fields = z.strictObject({
  name: z.string().trim().min(1).max(60),
  address: z.string().trim().max(200).default(''),
  /** metres; where there is a drawing, its shape decides the depth */
  width: metres,
  depth: metres,
})
export type FloorPlanFields = z.output<typeof fields>

const summary = z.object({
  id: z.string(),
  name: z.string(),
  /** empty: not said */
  address: z.string(),
  /** whose it is; for staff alone */
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** how many the reader finds on it */
  machines: z.number().int(),
})
export type FloorPlanSummary = z.output<typeof summary>

const plan = summary.omit({ machines: true }).extend({
  width: metres,
  depth: metres,
  /** of the drawing; null: the plan is a grid. hash: another one has another */
  picture: z.object({ hash: z.string(), width: z.number().int(), height: z.number().int() }).nullable(),
  revision: z.number().int(),
})
export type FloorPlan = z.output<typeof plan>

const placed = fleetMember.extend(place.shape)
export type PlacedMachine = z.output<typeof placed>

const shownPlan = fleetPage.omit({ items: true, nextCursor: true, companies: true }).extend({
  plan,
  /** of those on the plan the ones that were chosen, worst first */
  placed: z.array(placed),
  /** machines of the company that stand on no plan, worst first, the first 200; for staff none */
  unplaced: z.array(fleetMember),
})
export type ShownPlan = z.output<typeof shownPlan>

export const listFloorPlans = endpoint({
  id: 'floorplans.listFloorPlans',
  method: 'GET',
  path: '/floor-plans',
  summary:
    'Plans of halls: of the own company; for staff those on which a machine stands that shows the manufacturer what it reports',
  access: read,
  result: z.object({ items: z.array(summary) }),
})

export const getFloorPlan = endpoint({
  id: 'floorplans.getFloorPlan',
  method: 'GET',
  path: '/floor-plans/{planId}',
  summary: 'A plan with its machines and how they stand',
  access: read,
  params,
  query: fleetChoice,
  concurrency: 'etag',
  result: shownPlan,
})

export const getFloorPlanPicture = endpoint({
  id: 'floorplans.getFloorPlanPicture',
  method: 'GET',
  path: '/floor-plans/{planId}/picture',
  summary: 'The drawing of a plan, as WebP',
  access: read,
  params,
  query: z.object({
    /** of the one that is meant; another one is not found */
    hash: z.string().max(64).optional(),
  }),
  transfers: 'download',
  result: fileAnswer,
})

export const addFloorPlan = endpoint({
  id: 'floorplans.addFloorPlan',
  method: 'POST',
  path: '/my/floor-plans',
  summary: 'Begin a plan of a hall: a grid in metres, under which a drawing can be laid',
  access: write,
  audit: 'floor-plan.added',
  body: fields,
  status: 201,
  result: plan,
  problems: ['too-many-floor-plans'],
})

export const changeFloorPlan = endpoint({
  id: 'floorplans.changeFloorPlan',
  method: 'PATCH',
  path: '/my/floor-plans/{planId}',
  summary: 'Rename a plan, or say how large its hall is',
  access: write,
  audit: 'floor-plan.changed',
  params,
  concurrency: 'if-match',
  body: fields,
  result: plan,
})

/** Bytes of a drawing that may be uploaded. */
export const mostPictureBytes = 15_000_000

export const uploadFloorPlanPicture = endpoint({
  id: 'floorplans.uploadFloorPlanPicture',
  method: 'POST',
  path: '/my/floor-plans/{planId}/picture',
  summary: 'Lay a drawing under a plan: PNG, JPEG or WebP. It is written anew; machines keep their places on it',
  access: write,
  params,
  transfers: 'upload',
  body: fileBody,
  bodyLimit: mostPictureBytes,
  limit: 'upload',
  audit: 'floor-plan.changed',
  result: plan,
  problems: ['file-refused'],
})

export const removeFloorPlanPicture = endpoint({
  id: 'floorplans.removeFloorPlanPicture',
  method: 'DELETE',
  path: '/my/floor-plans/{planId}/picture',
  summary: 'Take the drawing away: the plan is a grid again',
  access: write,
  audit: 'floor-plan.changed',
  params,
})

export const removeFloorPlan = endpoint({
  id: 'floorplans.removeFloorPlan',
  method: 'DELETE',
  path: '/my/floor-plans/{planId}',
  summary: 'Forget a plan. Its machines stand on none then',
  access: write,
  audit: 'floor-plan.removed',
  params,
})

const onPlanOf = params.extend({ deviceId: z.uuid() })
const nothingOpened = { none: 'where a machine is drawn shows nobody anything that he did not see before' }

export const placeMachine = endpoint({
  id: 'floorplans.placeMachine',
  method: 'PUT',
  path: '/my/floor-plans/{planId}/machines/{deviceId}',
  summary: 'Say where a machine stands. It is taken from the plan it stood on',
  access: write,
  audit: nothingOpened,
  params: onPlanOf,
  concurrency: 'if-match',
  body: place,
  result: z.object({ revision: z.number().int() }),
  problems: ['floor-plan-full'],
})

export const takeMachineOff = endpoint({
  id: 'floorplans.takeMachineOff',
  method: 'DELETE',
  path: '/my/floor-plans/{planId}/machines/{deviceId}',
  summary: 'Take a machine off a plan',
  access: write,
  audit: nothingOpened,
  params: onPlanOf,
  concurrency: 'if-match',
  result: z.object({ revision: z.number().int() }),
})
