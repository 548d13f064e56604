import { z } from 'zod'
import { endpoint, fileAnswer, fileBody } from '#platform/core'
import { refusals } from './accept-model.ts'
import { lifeColumns, rowFaults } from './life-list.ts'
import { modelStatuses, silences, trainingFailures } from './model-status.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const customer = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const
const manage = { staff: 'device-type.manage' } as const
const device = z.object({ deviceId: z.uuid() })
const part = z.object({ typeId: z.uuid(), component: z.string().max(40) })
const model = z.object({ modelId: z.uuid() })
const named = z.object({ key: z.string(), name: localizedText })

const remaining = z.object({
  /** hours */
  lower: z.number(),
  median: z.number(),
  upper: z.number(),
  /** upper is as far as can be told: it may be any longer */
  beyond: z.boolean(),
})
export type Remaining = z.output<typeof remaining>

const outlook = z.object({
  /** false: it is part of a package that the company does not have for this machine, and nothing of it is here */
  open: z.boolean(),
  components: z.array(
    named.extend({
      kind: z.enum(['model', 'trend']),
      remaining: remaining.nullable(),
      /** why there is no number */
      reason: z.enum(silences).nullable(),
      /** the last reading it rests on; null: nothing was foretold */
      asOf: z.string().nullable(),
      /** version of the model */
      model: z.number().int().nullable(),
      /** failures that are known, and how many a model needs */
      failures: z.number().int(),
      needed: z.number().int(),
      /** what was foretold before, oldest first */
      before: z.array(z.object({ asOf: z.string(), remaining })),
    }),
  ),
  /** the owner keeps what the machine reports from the reader */
  withheld: z.boolean(),
})
export type Outlook = z.output<typeof outlook>

const judgement = z.object({
  lives: z.number().int(),
  error: z.number(),
  naiveError: z.number(),
  runningError: z.number().nullable(),
  coverage: z.number(),
  width: z.number(),
  plainCoverage: z.number(),
  plainWidth: z.number(),
})

const lifeModel = z.object({
  id: z.string(),
  number: z.number().int(),
  status: z.enum(modelStatuses),
  progress: z.number(),
  sensors: z.array(z.string()),
  settings: z.array(z.string()),
  seed: z.number().int(),
  /** hours of one step; errors and widths are in hours too */
  stepHours: z.number().nullable(),
  horizonHours: z.number().nullable(),
  lives: z.number().int().nullable(),
  failures: z.number().int().nullable(),
  dataFrom: z.string().nullable(),
  dataUntil: z.string().nullable(),
  judgement: judgement.nullable(),
  reasons: z.array(z.enum([...refusals, ...trainingFailures])),
  begunBy: z.string().nullable(),
  begunAt: z.string(),
  running: z.boolean(),
})
export type LifeModelView = z.output<typeof lifeModel>

const life = z.object({
  id: z.string(),
  deviceId: z.string(),
  machine: z.string(),
  beganAt: z.string(),
  endedAt: z.string(),
  ending: z.enum(['failed', 'censored']),
  /** who said so: people, a list, a replacement that was recorded, an alarm that was confirmed */
  source: z.enum(['staff', 'import', 'replacement', 'alarm']),
})
export type ComponentLife = z.output<typeof life>

const partSummary = z.object({
  typeId: z.string(),
  type: localizedText,
  component: named,
  failures: z.number().int(),
  censored: z.number().int(),
  needed: z.number().int(),
  /** version that runs; null: none */
  running: z.number().int().nullable(),
  /** the newest training; null: there was none */
  last: z.enum(modelStatuses).nullable(),
})
export type PartSummary = z.output<typeof partSummary>

const partDetail = partSummary.extend({
  metrics: z.array(named),
  lives: z.array(life),
  models: z.array(lifeModel),
  activations: z.array(
    z.object({
      model: z.number().int().nullable(),
      how: z.enum(['activated', 'rolled-back']),
      by: z.string().nullable(),
      at: z.string(),
    }),
  ),
})
export type PartDetail = z.output<typeof partDetail>

export const getMyOutlook = endpoint({
  id: 'prognosis.getMyOutlook',
  method: 'GET',
  path: '/my/devices/{deviceId}/outlook',
  summary: 'How long components of a machine of the own company are likely to last',
  access: customer,
  params: device,
  result: outlook,
})

export const getOutlook = endpoint({
  id: 'prognosis.getOutlook',
  method: 'GET',
  path: '/console/devices/{deviceId}/outlook',
  summary: 'How long components of a machine are likely to last',
  access: staff,
  params: device,
  result: outlook,
})

export const renewOutlook = endpoint({
  id: 'prognosis.renewOutlook',
  method: 'POST',
  path: '/console/devices/{deviceId}/outlook',
  summary: 'Foretell anew how long components of a machine are likely to last',
  audit: { none: 'it reckons anew what the nights reckon too' },
  access: staff,
  params: device,
  result: outlook,
})

export const listParts = endpoint({
  id: 'prognosis.listParts',
  method: 'GET',
  path: '/console/life-models',
  summary: 'Components of all types of machines, with failures that are known and the model that runs',
  access: manage,
  result: z.object({ items: z.array(partSummary) }),
})

const partPath = '/console/device-types/{typeId}/components/{component}' as const

export const getPart = endpoint({
  id: 'prognosis.getPart',
  method: 'GET',
  path: `${partPath}/life-models`,
  summary: 'Failure history and models of a component',
  access: manage,
  params: part,
  result: partDetail,
})

export const trainModel = endpoint({
  id: 'prognosis.trainModel',
  method: 'POST',
  path: `${partPath}/life-models`,
  summary: 'Train a model of remaining life in the background, on what the owners of the machines show',
  audit: 'life-model.begun',
  access: manage,
  params: part,
  body: z.strictObject({
    /** metrics that say how the machine is run; what sensors show is compared within the same way of running */
    settings: z.array(z.string().max(40)).max(10).default([]),
    seed: z.number().int().min(1).max(1_000_000).default(1),
  }),
  result: partDetail,
  status: 202,
})

const ofModel = { method: 'POST', access: manage, params: model, result: partDetail } as const

export const cancelTraining = endpoint({
  ...ofModel,
  id: 'prognosis.cancelTraining',
  path: '/console/life-models/{modelId}/cancel',
  summary: 'End a training that goes on',
  audit: { sometimes: 'life-model.cancelled' },
})

export const activateModel = endpoint({
  ...ofModel,
  id: 'prognosis.activateModel',
  path: '/console/life-models/{modelId}/activate',
  summary: 'Let an accepted model foretell from now on',
  audit: 'life-model.activated',
})

export const rollBackModel = endpoint({
  id: 'prognosis.rollBackModel',
  method: 'POST',
  path: `${partPath}/life-models/roll-back`,
  summary: 'Let the model foretell that ran before the one that runs',
  audit: 'life-model.rolled-back',
  access: manage,
  params: part,
  result: partDetail,
})

const tooEarly = {
  message: { 'zh-CN': '结束时间须晚于开始时间。', en: 'The end has to be after the beginning.' },
  remedy: { 'zh-CN': '请更正日期。', en: 'Correct the dates.' },
}

export const addLife = endpoint({
  id: 'prognosis.addLife',
  method: 'POST',
  path: `${partPath}/lives`,
  summary: 'Note that a component of a machine failed, or was taken out before it did',
  audit: 'component-life.noted',
  access: manage,
  params: part,
  body: z
    .strictObject({
      /** serial number of the machine */
      serial: z.string().trim().min(1).max(60),
      beganOn: z.iso.date(),
      endedOn: z.iso.date(),
      ending: z.enum(['failed', 'censored']),
    })
    .refine(({ beganOn, endedOn }) => endedOn > beganOn, { path: ['endedOn'], params: tooEarly }),
  result: partDetail,
  status: 201,
})

/** Rows of one list of past ends, and bytes of its file. */
export const mostLifeRows = 2000
const mostListBytes = 5_000_000

const lifeList = z.object({
  rows: z.array(
    z.object({
      /** as Excel counts */
      row: z.number().int(),
      serial: z.string(),
      /** YYYY-MM-DD; null: it cannot be read */
      beganOn: z.string().nullable(),
      endedOn: z.string().nullable(),
      ending: z.enum(['failed', 'censored']).nullable(),
      faults: z.array(z.object({ column: z.enum(lifeColumns), fault: z.enum(rowFaults) })),
    }),
  ),
  /** lives that were noted; 0: it was only looked at, or something is wrong with a row */
  written: z.number().int(),
})
export type LifeListView = z.output<typeof lifeList>

export const lifeTemplate = endpoint({
  id: 'prognosis.lifeTemplate',
  method: 'GET',
  path: `${partPath}/lives/template`,
  summary: 'The workbook to fill in with past ends of a component',
  access: manage,
  params: part,
  transfers: 'download',
  result: fileAnswer,
})

export const importLives = endpoint({
  id: 'prognosis.importLives',
  method: 'POST',
  path: `${partPath}/lives/list`,
  summary:
    'Read an .xlsx of past ends of a component and say what is wrong with each row; where nothing is, note all of them if that is wished',
  access: manage,
  params: part,
  transfers: 'upload',
  query: z.object({ write: z.enum(['yes', 'no']).default('no') }),
  body: fileBody,
  bodyLimit: mostListBytes,
  limit: 'upload',
  keys: 'refused',
  audit: { sometimes: 'component-life.imported' },
  result: lifeList,
  problems: ['file-refused'],
})

export const removeLife = endpoint({
  id: 'prognosis.removeLife',
  method: 'DELETE',
  path: '/console/lives/{lifeId}',
  summary: 'Take back a note of how a component ended',
  audit: 'component-life.taken-back',
  access: manage,
  params: z.object({ lifeId: z.uuid() }),
})
