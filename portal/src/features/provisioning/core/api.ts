import { z } from 'zod'
import { endpoint, fileAnswer, fileBody, languages } from '#platform/core'
import { listVerdicts } from './judge-list.ts'
import { mostListBytes, mostMachines } from './list-form.ts'

const access = { staff: 'device.manage' } as const
const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const listParams = z.object({ listId: z.uuid() })

const finding = z.object({
  level: z.enum(['error', 'warning']),
  code: z.string(),
  sheet: z.string(),
  /** as Excel counts; null: the sheet */
  row: z.number().int().nullable(),
  /** letter and heading */
  column: z.string().nullable(),
  value: z.string().nullable(),
  message: localizedText,
  remedy: localizedText,
})
export type ListFinding = z.output<typeof finding>

const machine = z.object({
  row: z.number().int(),
  serial: z.string().nullable(),
  model: z.string().nullable(),
  /** as the file names it; null: nobody owns it yet */
  company: z.string().nullable(),
  verdict: z.enum(listVerdicts),
  /** of the machine that is there already */
  deviceId: z.string().nullable(),
  findings: z.array(finding),
})
export type ListedMachine = z.output<typeof machine>

const check = z.object({
  /** of the file and its sheets */
  findings: z.array(finding),
  counts: z.record(z.enum(listVerdicts), z.number().int()),
  machines: z.array(machine),
  /** says what was shown: registering names it, and what has changed meanwhile is shown again */
  checked: z.string(),
})
export type ListCheck = z.output<typeof check>

const list = z.object({
  id: z.string(),
  fileName: z.string(),
  registeredAt: z.string(),
  registeredBy: z.string(),
  machines: z.number().int(),
  handedOutAt: z.string().nullable(),
  handedOutBy: z.string().nullable(),
})
export type DeviceList = z.output<typeof list>

const listDetail = list.extend({
  /** machines that have an owner */
  owned: z.number().int(),
  /** machines that have signed in by something */
  signedIn: z.number().int(),
})
export type DeviceListDetail = z.output<typeof listDetail>

export const getListTemplate = endpoint({
  id: 'provisioning.getListTemplate',
  method: 'GET',
  path: '/console/device-lists/template',
  summary: 'The workbook to fill in with machines, with headings in both languages and a guide',
  access,
  transfers: 'download',
  result: fileAnswer,
})

export const checkDeviceList = endpoint({
  id: 'provisioning.checkDeviceList',
  method: 'POST',
  path: '/console/device-lists/check',
  summary: `What would become of each row of a list of machines (.xlsx or .csv), with what is wrong by its cell. At most ${mostMachines}; nothing is kept`,
  access,
  transfers: 'upload',
  body: fileBody,
  bodyLimit: mostListBytes,
  limit: 'upload',
  audit: { none: 'nothing is written' },
  result: check,
  problems: ['file-refused'],
})

export const registerDeviceList = endpoint({
  id: 'provisioning.registerDeviceList',
  method: 'POST',
  path: '/console/device-lists',
  summary:
    'Register the machines of a list that was checked, all of them or none. Those that are there stay as they are; the same file sent again answers the same list',
  access,
  transfers: 'upload',
  query: z.object({
    /** as the check answered it */
    checked: z.string().length(64),
  }),
  body: fileBody,
  bodyLimit: mostListBytes,
  limit: 'upload',
  audit: { sometimes: 'device-list.registered' },
  status: 201,
  result: listDetail,
  problems: ['file-refused', 'device-list-wrong', 'device-list-changed', 'device-list-empty'],
})

export const listDeviceLists = endpoint({
  id: 'provisioning.listDeviceLists',
  method: 'GET',
  path: '/console/device-lists',
  summary: 'Lists by which machines were registered, newest first, fifty at most',
  access,
  result: z.object({ items: z.array(list) }),
})

export const getDeviceList = endpoint({
  id: 'provisioning.getDeviceList',
  method: 'GET',
  path: '/console/device-lists/{listId}',
  summary: 'A list of machines: how many there are, have an owner, have signed in',
  access,
  params: listParams,
  result: listDetail,
})

export const signInKinds = ['token', 'certificate', 'none'] as const

export const handOutDeviceList = endpoint({
  id: 'provisioning.handOutDeviceList',
  method: 'POST',
  path: '/console/device-lists/{listId}/hand-out',
  summary:
    'One ZIP, once: a workbook with claim codes, addresses and what each machine of a list signs in by, its certificates, and sheets of labels. What was given out before and never used holds no more',
  access,
  params: listParams,
  body: z.strictObject({
    signIn: z.enum(signInKinds),
    /** for which certificates hold */
    months: z.number().int().min(1).max(120).default(24),
    /** certificates as PKCS #12 too, each with its password in the workbook */
    pkcs12: z.boolean().default(false),
    language: z.enum(languages),
  }),
  transfers: 'download',
  confirm: true,
  idempotency: 'ignored',
  limit: 'export',
  audit: 'device-list.handed-out',
  result: fileAnswer,
})
