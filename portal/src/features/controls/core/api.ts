import { z } from 'zod'
import { controllers } from '#features/devices/core'
import { endpoint } from '#platform/core'
import { commandStates } from './control-rules.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const device = z.object({ deviceId: z.uuid() })
const value = z.union([z.number(), z.string().max(40), z.boolean()])

const parameter = z.object({
  key: z.string(),
  name: localizedText,
  kind: z.enum(['number', 'choice', 'switch']),
  unit: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.object({ key: z.string(), name: localizedText })),
})

const outcome = z.enum(['waiting', 'accepted', 'refused', 'replaced', 'ended'])

const setting = parameter.extend({
  /** the reader may set it */
  mine: z.boolean(),
  confirm: z.boolean(),
  /** what the machine says; null: it has not said yet, to the reader */
  reported: z.object({ value, at: z.string() }).nullable(),
  /** the last that was wanted; null: nothing was, or the reader may not know */
  wanted: z.object({ value, at: z.string(), outcome, reason: z.string().nullable() }).nullable(),
})
export type ShownSetting = z.output<typeof setting>

const command = z.object({
  key: z.string(),
  name: localizedText,
  parameters: z.array(parameter),
  mine: z.boolean(),
  confirm: z.boolean(),
})
export type ShownCommand = z.output<typeof command>

const past = z.object({
  id: z.string(),
  kind: z.enum(['setting', 'command']),
  key: z.string(),
  /** of a setting */
  value: value.nullable(),
  /** of a command */
  parameters: z.record(z.string(), value),
  /** in whose name, and of the reader's own house by whom */
  as: z.enum(controllers),
  by: z.string().nullable(),
  at: z.string(),
  state: z.enum([...outcome.options, ...commandStates]),
  reason: z.string().nullable(),
  settledAt: z.string().nullable(),
})
export type PastControl = z.output<typeof past>

const controls = z.object({
  settings: z.array(setting),
  commands: z.array(command),
  /** what was wanted and ordered, newest first, 50 at most */
  history: z.array(past),
  /** the owner keeps the machine to himself, or the reader has nothing to do with it any more */
  withheld: z.boolean(),
})
export type Controls = z.output<typeof controls>

const change = z.strictObject({ values: z.record(z.string().max(40), value) })
export type SettingsChange = z.output<typeof change>
const order = z.strictObject({ command: z.string().max(40), parameters: z.record(z.string().max(40), value).default({}) })
export type Order = z.output<typeof order>

const changed = 'device.settings-changed'
const given = 'device.command-given'

export const getMyControls = endpoint({
  id: 'controls.getMyControls',
  method: 'GET',
  path: '/my/devices/{deviceId}/controls',
  summary: 'What can be set on a machine of the own company and what it can be told, and what came of it',
  access: { customer: 'device.read-own' },
  params: device,
  result: controls,
})

export const changeMySettings = endpoint({
  id: 'controls.changeMySettings',
  method: 'POST',
  path: '/my/devices/{deviceId}/settings',
  summary: 'Want settings of a machine of the own company changed',
  access: { customer: 'device.control-own' },
  params: device,
  body: change,
  confirm: true,
  audit: changed,
  result: controls,
})

export const giveMyCommand = endpoint({
  id: 'controls.giveMyCommand',
  method: 'POST',
  path: '/my/devices/{deviceId}/commands',
  summary: 'Tell a machine of the own company to do something, within five minutes',
  access: { customer: 'device.control-own' },
  params: device,
  body: order,
  confirm: true,
  audit: given,
  result: controls,
})

export const getControls = endpoint({
  id: 'controls.getControls',
  method: 'GET',
  path: '/console/devices/{deviceId}/controls',
  summary: 'What can be set on a machine and what it can be told, and what came of it',
  access: { staff: 'device.read' },
  params: device,
  result: controls,
})

export const changeSettings = endpoint({
  id: 'controls.changeSettings',
  method: 'POST',
  path: '/console/devices/{deviceId}/settings',
  summary: 'Want settings of a machine changed',
  access: { staff: 'device.control' },
  params: device,
  body: change,
  confirm: true,
  audit: changed,
  result: controls,
})

export const giveCommand = endpoint({
  id: 'controls.giveCommand',
  method: 'POST',
  path: '/console/devices/{deviceId}/commands',
  summary: 'Tell a machine to do something, within five minutes',
  access: { staff: 'device.control' },
  params: device,
  body: order,
  confirm: true,
  audit: given,
  result: controls,
})
