import { z } from 'zod'
import { endpoint, minorDigits } from '#platform/core'
import { rights } from './right.ts'

export const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
export const read = { staff: 'package.read' } as const
const manage = { staff: 'package.manage' } as const
const packageId = z.object({ packageId: z.uuid() })

const emptyName = {
  message: { 'zh-CN': '名称为空。', en: 'The name is missing.' },
  remedy: { 'zh-CN': '请填写中文和英文名称。', en: 'Give a name in Chinese and in English.' },
}
const noCurrency = {
  message: { 'zh-CN': '没有这种货币。', en: 'There is no such currency.' },
  remedy: { 'zh-CN': '请填写 ISO 4217 代码，如 CNY。', en: 'Give a code of ISO 4217, such as CNY.' },
}
const name = z.string().trim().max(80).refine(Boolean, { params: emptyName })
const words = z.string().trim().max(2000).default('')

export const price = z.object({
  /** of one machine for the whole term, in minor units, without tax */
  net: z.number().int(),
  /** ISO 4217 */
  currency: z.string(),
  months: z.number().int(),
})
export type Price = z.output<typeof price>

export const packageFields = z.strictObject({
  name: z.strictObject({ 'zh-CN': name, en: name }),
  description: z.strictObject({ 'zh-CN': words, en: words }),
  /** types of machines it is offered for */
  typeIds: z.array(z.uuid()).min(1).max(200),
  /** what it opens */
  rights: z.array(z.enum(rights)).min(1).max(rights.length),
  net: z.number().int().min(0).max(1_000_000_000_00),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .refine(isCurrency, { params: noCurrency }),
  months: z.number().int().min(1).max(60),
  /** 0: it cannot be tried */
  trialDays: z.number().int().min(0).max(90),
  /** whether it is offered; one that is not sells no more, and what was bought goes on */
  offered: z.boolean(),
  /** whether customers are shown, where it is offered, what came of warnings at all machines of its types */
  showsProof: z.boolean().default(true),
})
export type PackageFields = z.output<typeof packageFields>

const servicePackage = packageFields.extend({
  id: z.string(),
  /** machines at which it is in force */
  machines: z.number().int(),
})
export type ServicePackage = z.output<typeof servicePackage>

export const listPackages = endpoint({
  id: 'packages.listPackages',
  method: 'GET',
  path: '/console/packages',
  summary: 'Service packages, with the machines at which each is in force',
  access: read,
  result: z.object({ items: z.array(servicePackage) }),
})

export const getPackage = endpoint({
  id: 'packages.getPackage',
  method: 'GET',
  path: '/console/packages/{packageId}',
  summary: 'A service package',
  access: read,
  params: packageId,
  concurrency: 'etag',
  result: servicePackage,
})

export const createPackage = endpoint({
  id: 'packages.createPackage',
  method: 'POST',
  path: '/console/packages',
  summary: 'A new service package. What it opens is closed from then on at machines of its types without an entitlement',
  access: manage,
  body: packageFields,
  audit: 'package.created',
  status: 201,
  result: servicePackage,
})

export const changePackage = endpoint({
  id: 'packages.changePackage',
  method: 'PUT',
  path: '/console/packages/{packageId}',
  summary: 'Write a service package anew. What was granted before opens what it did then, at the price of then',
  access: manage,
  params: packageId,
  body: packageFields,
  concurrency: 'if-match',
  audit: 'package.changed',
  result: servicePackage,
})

export const listPackageTypes = endpoint({
  id: 'packages.listPackageTypes',
  method: 'GET',
  path: '/console/package-types',
  summary: 'Types of machines that a package can be offered for',
  access: read,
  result: z.object({ items: z.array(z.object({ id: z.string(), name: localizedText })) }),
})

function isCurrency(code: string): boolean {
  try {
    minorDigits(code)
    return true
  } catch {
    return false
  }
}
