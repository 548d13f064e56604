import { z } from 'zod'
import { pricesTold } from '#features/products/core'
import { endpoint } from '#platform/core'
import type { Opening } from './opening.ts'

const id = z.string().min(1).max(300)
const amount = z.number().finite()

export const decisionSchema = z.union([
  z.strictObject({ option: id, chosen: z.boolean() }),
  z.strictObject({ option: id, quantity: amount }),
  z.strictObject({ number: id, value: amount }),
])

export const selectionSchema = z.strictObject({
  options: z.record(id, amount),
  numbers: z.record(id, amount),
})

/** A complete configuration as its maker saw it; the price is checked, never believed. */
export const draftSchema = z.object({
  modelVersionId: z.uuid(),
  decisions: z.array(decisionSchema).max(20_000),
  selection: selectionSchema,
  /** net price shown, minor units; null: on request, or not shown to this visitor */
  net: z.number().int().nullable(),
})
export type ConfigurationDraft = z.output<typeof draftSchema>

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

const sheetSchema = z.object({
  token: z.string(),
  productSlug: z.string(),
  productName: localizedText,
  modelId: z.string(),
  modelVersionId: z.string(),
  modelVersion: z.string(),
  typeCode: z.string().nullable(),
  /** the model version was replaced or its product withdrawn */
  withdrawn: z.boolean(),
  currentVersionId: z.string().nullable(),
  createdAt: z.string(),
  /** the price holds until the end of this day, UTC */
  validUntil: z.string(),
  decisions: z.array(decisionSchema),
  selection: selectionSchema,
  groups: z.array(
    z.object({
      id: z.string(),
      name: localizedText,
      /** the step of the configurator it stands in; the same as `name` for the step's own question */
      step: localizedText,
      items: z.array(
        z.object({
          name: localizedText,
          quantity: z.number().optional(),
          value: z.number().optional(),
          unit: z.string().optional(),
          code: z.string().optional(),
        }),
      ),
    }),
  ),
  spec: z.array(
    z.object({
      id: z.string(),
      name: localizedText,
      value: z.union([z.number(), localizedText]),
      unit: z.string().optional(),
      decimals: z.number().optional(),
      headline: z.boolean(),
      role: z.string().optional(),
    }),
  ),
  /** what this reader is told of prices; unless `shown`, `price` holds none */
  prices: z.enum(pricesTold),
  price: z.object({
    status: z.enum(['priced', 'on-request']),
    currency: z.string(),
    lines: z.array(
      z.object({
        rule: z.string(),
        option: z.string().optional(),
        name: localizedText,
        quantity: z.number(),
        amount: z.number(),
      }),
    ),
    net: z.number(),
    tax: z.object({ name: localizedText, percent: z.number(), amount: z.number() }).nullable(),
    gross: z.number(),
  }),
})
/** The specification sheet of a saved configuration: everything a page or a PDF shows of it. */
export type Sheet = z.output<typeof sheetSchema>

export const saveConfiguration = endpoint({
  id: 'configurator.saveConfiguration',
  method: 'POST',
  path: '/configurations',
  summary: 'Save a configuration. The server checks every rule and the price again',
  access: 'public',
  body: draftSchema,
  bodyLimit: 2_000_000,
  audit: { none: 'a visitor writes a thing of his own that is never changed' },
  status: 201,
  result: z.object({ token: z.string(), path: z.string() }),
  problems: ['selection-invalid', 'price-differs', 'model-withdrawn'],
})

export const getConfiguration = endpoint({
  id: 'configurator.getConfiguration',
  method: 'GET',
  path: '/configurations/{token}',
  summary: 'The specification sheet of a saved configuration, for whoever has its link',
  access: 'public',
  params: z.object({ token: z.string().max(64) }),
  result: sheetSchema,
})

export const listMyConfigurations = endpoint({
  id: 'configurator.listMyConfigurations',
  method: 'GET',
  path: '/my/configurations',
  summary: 'Configurations saved in the own company, by oneself and by colleagues, newest first',
  access: { customer: 'configuration.read-own' },
  query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  result: z.object({
    items: z.array(
      z.object({
        token: z.string(),
        productName: localizedText,
        createdAt: z.string(),
        net: z.number().nullable(),
        currency: z.string(),
        prices: z.enum(pricesTold),
        savedBy: z.object({ id: z.string(), name: z.string() }),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
})

export const openConfigurator = endpoint({
  id: 'configurator.openConfigurator',
  method: 'GET',
  path: '/products/{slug}/configurator',
  summary:
    'What the configurator shows first: names of the options, how they stand, price. `c`: decisions of a link, `v`: the version it was made with, `from`: a saved configuration',
  access: 'public',
  params: z.object({ slug: z.string().max(80) }),
  query: z.object({
    c: z.string().max(4000).optional(),
    from: z.string().max(64).optional(),
    s: z.string().max(300).optional(),
    v: z.string().max(100).optional(),
  }),
  result: z.custom<Opening>(value => typeof value === 'object' && value !== null),
  problems: ['product-withdrawn'],
})

const versionEffect = z.object({
  /** configurations looked at, the last ones saved, 200 at most */
  looked: z.number().int(),
  /** of these: still valid */
  valid: z.number().int(),
  /** of the valid ones: cost more, or less, than when they were saved */
  dearer: z.number().int(),
  cheaper: z.number().int(),
  /** largest difference in minor units, net; 0 where none */
  rise: z.number().int(),
  fall: z.number().int(),
  currency: z.string(),
})
export type VersionEffect = z.output<typeof versionEffect>

const versionParams = z.object({ productId: z.uuid(), modelVersionId: z.uuid() })

export const getVersionEffect = endpoint({
  id: 'configurator.getVersionEffect',
  method: 'GET',
  path: '/console/products/{productId}/versions/{modelVersionId}/effect',
  summary:
    'What a version of a product, or its draft, does to the configurations saved last: how many stay valid, and what they cost then',
  access: { staff: 'product.read' },
  params: versionParams,
  result: versionEffect,
})

export const openPreview = endpoint({
  id: 'configurator.openPreview',
  method: 'GET',
  path: '/console/products/{productId}/preview',
  summary: 'The configurator of the draft of a product, for staff to click through. Nothing of it can be saved or sent',
  access: { staff: 'product.read' },
  params: z.object({ productId: z.uuid() }),
  result: z.custom<Opening>(value => typeof value === 'object' && value !== null),
})
