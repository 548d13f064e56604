import { companyName } from '#features/accounts/server'
import { plainKey } from '#features/devices/core'
import { devicesBySerial, type NamedDevice } from '#features/devices/server'
import { namedProducts } from '#features/products/server'
import { type Database, invalid, type LocalizedFieldError, type Platform } from '#platform/server'
import type { DocumentFields } from '../core/index.ts'

/** To what a document belongs, as ids. */
export interface Belonging {
  products: string[]
  devices: string[]
  companies: string[]
}

/**
 * Finds the products, machines and companies an editor named. Throws `validation` naming each that is not there, and an audience that would
 * be nobody. named: companies named before, kept where he names none
 */
export async function resolveFields(
  { database }: Platform,
  fields: DocumentFields,
  named: readonly string[],
): Promise<Belonging> {
  const errors: LocalizedFieldError[] = []
  const companies = fields.companies ?? [...named]
  const known = new Set((await namedProducts(database)).map(({ id }) => id))
  for (const [place, value] of fields.products.entries())
    if (!known.has(value)) errors.push({ field: `/products/${place}`, value, ...unknownProduct })
  const devices: string[] = []
  for (const [place, value] of fields.devices.entries()) {
    const found = await findMachine(database, value)
    if ('error' in found) errors.push({ field: `/devices/${place}`, value, ...found.error })
    else devices.push(found.id)
  }
  for (const [place, value] of (fields.companies ?? []).entries())
    if ((await companyName(database, value)) === null) errors.push({ field: `/companies/${place}`, value, ...unknownCompany })
  if (fields.audience === 'companies' && companies.length === 0) errors.push({ field: '/companies', ...noCompany })
  if (
    ['owners', 'holders'].includes(fields.audience) &&
    !fields.allProducts &&
    fields.products.length + fields.devices.length === 0
  )
    errors.push({ field: '/audience', value: fields.audience, ...nothingToOwn })
  if (errors.length > 0) throw invalid(errors)
  return {
    products: [...new Set(fields.products)],
    devices: [...new Set(devices)],
    companies: fields.audience === 'companies' ? [...new Set(companies)] : [],
  }
}

type Words = Pick<LocalizedFieldError, 'message' | 'remedy'>

/** By serial number, or by `number / model` where several machines have the number. */
async function findMachine(database: Database, wish: string): Promise<NamedDevice | { error: Words }> {
  const [serial = '', model] = wish.split(/\s\/\s/)
  const found = await devicesBySerial(database, serial)
  const matching = model === undefined ? found : found.filter(({ modelKey }) => modelKey === plainKey(model))
  const [machine, ...others] = matching
  if (!machine) return { error: unknownMachine }
  return others.length === 0 ? machine : { error: severalMachines(matching) }
}

const unknownProduct: Words = {
  message: { 'zh-CN': '没有此产品。', en: 'There is no such product.' },
  remedy: { 'zh-CN': '请从列表中选择产品。', en: 'Choose a product from the list.' },
}
const unknownMachine: Words = {
  message: { 'zh-CN': '没有登记此出厂编号的机器。', en: 'No machine with this serial number is registered.' },
  remedy: {
    'zh-CN': '请核对铭牌上的编号；尚未登记的机器可从客户名单导入。',
    en: 'Check the number on the nameplate; machines are registered by the list of customers.',
  },
}
const severalMachines = (machines: readonly NamedDevice[]): Words => {
  const wishes = machines.map(({ serial, model }) => `${serial} / ${model}`)
  return {
    message: { 'zh-CN': '有多台机器使用此出厂编号。', en: 'Several machines have this serial number.' },
    remedy: { 'zh-CN': `请填写编号和型号：${wishes.join('、')}。`, en: `Give number and model: ${wishes.join(', ')}.` },
  }
}
const unknownCompany: Words = {
  message: { 'zh-CN': '没有此公司。', en: 'There is no such company.' },
  remedy: { 'zh-CN': '请从列表中选择公司。', en: 'Choose a company from the list.' },
}
const noCompany: Words = {
  message: { 'zh-CN': '没有选择公司，此资料将无人可见。', en: 'No company is named, so nobody would see this document.' },
  remedy: { 'zh-CN': '请至少选择一家公司。', en: 'Name a company at least.' },
}
const nothingToOwn: Words = {
  message: {
    'zh-CN': '没有选择产品或机器，无法确定是谁的机器。',
    en: 'Without a product or machine nobody has a role towards it.',
  },
  remedy: {
    'zh-CN': '请选择产品、填写出厂编号，或选择所有产品。',
    en: 'Choose products, give serial numbers, or take all products.',
  },
}
