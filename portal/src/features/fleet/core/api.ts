import { z } from 'zod'
import { endpoint } from '#platform/core'
import { deviceStates } from './device-state.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const customer = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const
const state = z.enum(deviceStates)
const severity = z.enum(['critical', 'high', 'medium', 'low'])
const named = z.object({ id: z.string(), name: z.string() })

const standing = z.object({
  /** by NAMUR NE 107, and `good`; null: nobody knows */
  state: state.nullable(),
  contact: z.enum(['reporting', 'silent', 'offline', 'never', 'withheld']),
  /** since when it is connected, or is not; null: it never was, or the reader may not know */
  contactSince: z.string().nullable(),
  /** of its last reading */
  lastAt: z.string().nullable(),
  health: z
    .object({
      /** learning: its normal is still being learned. unknown: nothing can be said */
      kind: z.enum(['learning', 'known', 'unknown']),
      /** 0 to 100, more is better */
      index: z.number().nullable(),
      status: z.enum(deviceStates),
      asOf: z.string().nullable(),
      reasons: z.array(z.object({ component: z.string().nullable(), text: localizedText })),
    })
    .nullable(),
  /** those that are neither over nor put aside, worst first */
  alarms: z.array(z.object({ id: z.string(), severity, name: localizedText, acknowledged: z.boolean(), raisedAt: z.string() })),
})
export type Standing = z.output<typeof standing>

/** A machine with how it stands, as lists show it. */
export const fleetMember = standing.omit({ alarms: true }).extend({
  id: z.string(),
  serial: z.string(),
  model: z.string(),
  site: z.string().nullable(),
  type: z.object({ id: z.string(), name: localizedText }).nullable(),
  /** for staff alone */
  company: named.nullable(),
  alarms: z.object({ count: z.number().int(), worst: severity.nullable() }),
})
export type FleetMember = z.output<typeof fleetMember>

/** The words by which machines are chosen: a state, or that nobody knows it. */
export const stateFilters = [...deviceStates, 'unknown'] as const
export type StateFilter = (typeof stateFilters)[number]

/** By what machines are chosen. */
export const fleetChoice = z.object({
  /** part of a serial number, model, site or company */
  q: z.string().trim().max(200).optional(),
  state: z.enum(stateFilters).optional(),
  type: z.uuid().optional(),
  site: z.string().max(200).optional(),
})

const chosen = fleetChoice.extend({
  /** by: worst state first, or lowest health first */
  by: z.enum(['state', 'health']).default('state'),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(60),
})
const chosenByStaff = chosen.extend({ company: z.uuid().optional() })
export type FleetWish = z.output<typeof chosenByStaff>

export const fleetPage = z.object({
  items: z.array(fleetMember),
  nextCursor: z.string().nullable(),
  /** of all that were chosen, whatever their state */
  counts: z.record(z.enum(stateFilters), z.number().int()),
  /** all of the reader's, from which he may choose */
  total: z.number().int(),
  types: z.array(z.object({ id: z.string(), name: localizedText })),
  sites: z.array(z.string()),
  companies: z.array(named),
})
export type FleetPage = z.output<typeof fleetPage>

export const getMyFleet = endpoint({
  id: 'fleet.getMyFleet',
  method: 'GET',
  path: '/my/fleet',
  summary: 'How the machines of the own company stand, worst first',
  access: customer,
  query: chosen,
  result: fleetPage,
})

export const getFleet = endpoint({
  id: 'fleet.getFleet',
  method: 'GET',
  path: '/console/fleet',
  summary: 'How machines stand, worst first',
  access: staff,
  query: chosenByStaff,
  result: fleetPage,
})

const device = z.object({ deviceId: z.uuid() })

export const getMyStanding = endpoint({
  id: 'fleet.getMyStanding',
  method: 'GET',
  path: '/my/devices/{deviceId}/standing',
  summary: 'How a machine of the own company stands: state, health, open alarms',
  access: customer,
  params: device,
  result: standing,
})

export const getStanding = endpoint({
  id: 'fleet.getStanding',
  method: 'GET',
  path: '/console/devices/{deviceId}/standing',
  summary: 'How a machine stands: state, health, open alarms',
  access: staff,
  params: device,
  result: standing,
})
