import { z } from 'zod'
import { listAlarms } from '#features/alarms/core'
import { getMyHealth } from '#features/diagnosis/core'
import { getMyFleet, getMyStanding } from '#features/fleet/core'
import { getMyOutlook } from '#features/prognosis/core'
import { getMyHistory, getMyMarks, getMyMetrics, watchMine } from '#features/telemetry/core'
import { getMySpectra, getMyVibration } from '#features/vibration/core'
import { endpoint } from '#platform/core'
import { isOrigin, mostMachines, tokenMinutes } from './token.ts'

const access = { staff: 'device.read', customer: 'device.read-own' } as const
const device = z.object({ deviceId: z.uuid() })

/** whose pages of the machine in the portal are those of whoever gave the token: customers', or staff's */
const side = z.enum(['own', 'console'])

const wrongOrigin = {
  message: {
    'zh-CN': '这不是网站的来源地址。',
    en: 'This is not the origin of a site.',
  },
  remedy: {
    'zh-CN': '请填写协议、主机名和端口，结尾不带斜杠，如 https://intranet.example.com。',
    en: 'Give scheme, host and port without a slash at the end, like https://intranet.example.com.',
  },
}

export const makeToken = endpoint({
  id: 'embed.makeToken',
  method: 'POST',
  path: '/embed-tokens',
  summary: 'Give a page of another site a token by which it shows machines for some minutes',
  access,
  keys: 'only',
  body: z.object({
    /** of the site: its pages may show them, and no others */
    origin: z.string().max(300).refine(isOrigin, { params: wrongOrigin }),
    /** ids of those it may show; `all`: whichever the owner of the key sees at the time */
    machines: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(mostMachines)]),
    minutes: z.number().int().min(tokenMinutes.min).max(tokenMinutes.max).default(tokenMinutes.preset),
  }),
  idempotency: 'ignored',
  audit: { none: 'it shows what the key reads already, and for minutes; that the key is used is kept with the key' },
  status: 201,
  result: z.object({ token: z.string(), until: z.string() }),
})

export const listShown = endpoint({
  id: 'embed.listMachines',
  method: 'GET',
  path: '/embed/machines',
  summary: 'How the machines that a token shows stand, worst first',
  access,
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(60),
  }),
  result: getMyFleet.result!.pick({ items: true, nextCursor: true, total: true }).extend({ side }),
})

const machine = z.object({
  id: z.string(),
  serial: z.string(),
  model: z.string(),
  site: z.string().nullable(),
  side,
  standing: getMyStanding.result!,
  metrics: getMyMetrics.result!,
  health: getMyHealth.result!,
})
export type ShownMachine = z.output<typeof machine>

export const getShown = endpoint({
  id: 'embed.getMachine',
  method: 'GET',
  path: '/embed/machines/{deviceId}',
  summary: 'How a machine that a token shows is: state, health, findings, open alarms, last readings',
  access,
  params: device,
  result: machine,
})

export const getShownHistory = endpoint({
  id: 'embed.getHistory',
  method: 'GET',
  path: '/embed/machines/{deviceId}/metrics/{metric}/readings',
  summary: 'Readings of a machine that a token shows over a time, in steps',
  access,
  params: device.extend({ metric: z.string().max(40) }),
  query: getMyHistory.query!,
  result: getMyHistory.result!,
})

export const getShownMarks = endpoint({
  id: 'embed.getMarks',
  method: 'GET',
  path: '/embed/machines/{deviceId}/marks',
  summary: 'What happened at a machine that a token shows, to be marked on its charts',
  access,
  params: device,
  query: getMyMarks.query!,
  result: getMyMarks.result!,
})

export const getShownOutlook = endpoint({
  id: 'embed.getOutlook',
  method: 'GET',
  path: '/embed/machines/{deviceId}/outlook',
  summary: 'How long the components of a machine that a token shows are likely to last',
  access,
  params: device,
  result: getMyOutlook.result!,
})

export const getShownVibration = endpoint({
  id: 'embed.getVibration',
  method: 'GET',
  path: '/embed/machines/{deviceId}/vibration',
  summary: 'How a machine that a token shows vibrates: points with their last records',
  access,
  params: device,
  result: getMyVibration.result!,
})

export const getShownSpectra = endpoint({
  id: 'embed.getSpectra',
  method: 'GET',
  path: '/embed/machines/{deviceId}/vibration/spectra',
  summary: 'The spectra of one record of a machine that a token shows',
  access,
  params: device,
  query: getMySpectra.query!,
  result: getMySpectra.result!,
})

export const listShownAlarms = endpoint({
  id: 'embed.listAlarms',
  method: 'GET',
  path: '/embed/machines/{deviceId}/alarms',
  summary: 'Alarms of a machine that a token shows, the last first',
  access,
  params: device,
  query: z.object({
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: listAlarms.result!,
})

export const watchShown = endpoint({
  id: 'embed.watchMachines',
  method: 'GET',
  path: '/embed/live',
  summary: 'What machines that a token shows report, as it comes: Server-Sent Events',
  access,
  query: watchMine.query!,
  transfers: 'events',
  result: watchMine.result!,
})
