import { sql } from 'kysely'
import { findConfiguration } from '#features/configurator/server'
import {
  changedMeanwhile,
  conflict,
  Failure,
  invalid,
  type LocalizedFieldError,
  type Platform,
  sealFields,
} from '#platform/server'
import { type DeviceFields, type Identification, plainKey } from '../core/index.ts'
import { lockDevice } from './holdings/hand-over.ts'
import { identificationColumns } from './identification.ts'
import type { DeviceTables } from './tables.ts'
import { tellOfDevice } from './tell.ts'
import { typeOfModels } from './types/assign-types.ts'
import { componentsOf } from './types/read-types.ts'

/** What is said of a machine; what it is identified by besides may be left out. */
type Said = Omit<DeviceFields, keyof Identification> & Partial<Identification>

/** A machine entered by hand, which nobody owns yet. Answers its id. */
export async function createDevice(platform: Platform, fields: Said): Promise<string> {
  const { database } = platform
  return database.transaction(async () => {
    const id = platform.newId()
    const columns = await columnsOf(platform, fields, null)
    await database
      .db<DeviceTables>()
      .insertInto('device')
      .values({ id, ...columns, import_id: null, revision: 1, created_at: platform.now() })
      .execute()
    await writeReplaced(platform, id, columns.type_id, fields)
    await platform.audit.write({ action: 'device.created', target: { kind: 'device', id }, after: said(fields) })
    await tellOfDevice(platform, id)
    return id
  })
}

/** Changes what is said of a machine. 412 where somebody changed it meanwhile. */
export async function changeDevice(
  platform: Platform,
  { deviceId, revision, fields }: { deviceId: string; revision: string; fields: DeviceFields },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const device = await lockDevice(platform, deviceId)
    if (String(device.revision) !== revision) throw changedMeanwhile()
    const columns = await columnsOf(platform, fields, deviceId)
    const db = database.db<DeviceTables>()
    await db
      .updateTable('device')
      .set({ ...columns, revision: device.revision + 1 })
      .where('id', '=', deviceId)
      .execute()
    await writeReplaced(platform, deviceId, columns.type_id, fields)
    await platform.audit.write({
      action: 'device.changed',
      target: { kind: 'device', id: deviceId },
      before: { serial: device.serial, model: device.model },
      after: said(fields),
    })
    await tellOfDevice(platform, deviceId)
  })
}

/** Deletes a machine that was entered by mistake. 409 where somebody has owned it, or it has had something to sign in with. */
export async function deleteDevice(
  platform: Platform,
  { deviceId, revision }: { deviceId: string; revision: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const device = await lockDevice(platform, deviceId)
    if (String(device.revision) !== revision) throw changedMeanwhile()
    const db = database.db<DeviceTables>()
    const seen = await db.selectFrom('device_credential').select('id').where('device_id', '=', deviceId).executeTakeFirst()
    if (device.holdings.length > 0 || seen) throw deviceUsed()
    await db.deleteFrom('device').where('id', '=', deviceId).execute()
    await platform.record('device.deleted', { deviceId })
    await platform.audit.write({
      action: 'device.deleted',
      target: { kind: 'device', id: deviceId },
      before: { serial: device.serial, model: device.model },
    })
    await tellOfDevice(platform, deviceId)
  })
}

async function columnsOf(platform: Platform, fields: Said, deviceId: string | null) {
  const { database, vault } = platform
  const { serial, model, typeCode, orderNumber, typeId, builtYear, deliveredOn, warrantyUntil } = fields
  const [serialKey, modelKey] = [plainKey(serial), plainKey(model)]
  const db = database.db<DeviceTables>()
  await sql`select pg_advisory_xact_lock(hashtext(${`fettle-device ${serialKey}`}))`.execute(database.db())
  const errors: LocalizedFieldError[] = []
  const twin = await db
    .selectFrom('device')
    .select('id')
    .where('serial_key', '=', serialKey)
    .where('model_key', '=', modelKey)
    .executeTakeFirst()
  if (twin && twin.id !== deviceId) errors.push(known(serial, model))
  const type = typeId ?? (await typeOfModels(database))(modelKey)
  if (typeId && !(await db.selectFrom('device_type').select('id').where('id', '=', typeId).executeTakeFirst()))
    errors.push(noType(typeId))
  const token = tokenOf(fields.configuration)
  if (token && !(await isConfiguration(platform, token))) errors.push(noConfiguration(fields.configuration!))
  if (errors.length > 0) throw invalid(errors)
  return {
    ...{
      serial,
      serial_key: serialKey,
      model,
      model_key: modelKey,
      type_code: typeCode || null,
      type_id: type,
      order_number: orderNumber || null,
    },
    ...{ built_year: builtYear, delivered_on: deliveredOn, warranty_until: warrantyUntil, configuration_token: token },
    ...identificationColumns(fields),
    ...(await sealFields(vault, 'device', { site: fields.site || null })),
  }
}

/** The token in the address of a specification sheet, or as it stands. */
const tokenOf = (configuration: string | null): string | null => configuration?.split('/c/').at(-1) || null

const isConfiguration = ({ database }: Platform, token: string): Promise<boolean> =>
  findConfiguration(database, token).then(
    () => true,
    error => {
      if (error instanceof Failure && error.status === 404) return false
      throw error
    },
  )

async function writeReplaced({ database }: Platform, deviceId: string, typeId: string | null, { replaced }: Said) {
  const known = typeId ? (await componentsOf(database, typeId)).map(({ key }) => key) : []
  const wrong = replaced.flatMap(({ key }, at) => (known.includes(key) ? [] : [noComponent(at, key)]))
  if (wrong.length > 0) throw invalid(wrong)
  const db = database.db<DeviceTables>()
  await db.deleteFrom('device_component').where('device_id', '=', deviceId).execute()
  const days = new Map(replaced.map(({ key, on }) => [key, on]))
  if (days.size > 0)
    await db
      .insertInto('device_component')
      .values([...days].map(([key, installed_on]) => ({ device_id: deviceId, key, installed_on })))
      .execute()
}

const said = ({
  serial,
  model,
  typeCode,
  orderNumber,
  typeId,
  builtYear,
  deliveredOn,
  warrantyUntil,
  replaced,
  site,
  configuration,
  ...identification
}: Said) => ({
  ...{ serial, model, typeCode, orderNumber, typeId, builtYear, deliveredOn, warrantyUntil },
  ...Object.fromEntries(Object.entries(identification).filter(([, value]) => value)),
  ...(replaced.length > 0 ? { replaced } : {}),
})

const known = (serial: string, model: string): LocalizedFieldError => ({
  field: '/serial',
  value: serial,
  message: {
    'zh-CN': `${model} ${serial} 已在登记册中，不论空格和大小写。`,
    en: `${model} ${serial} is in the register already, however it is spaced and cased.`,
  },
  remedy: { 'zh-CN': '请核对铭牌，或修改已有的那台。', en: 'Check the nameplate, or change the machine that is there.' },
})

const noType = (id: string): LocalizedFieldError => ({
  field: '/typeId',
  value: id,
  message: { 'zh-CN': '没有这个机型。', en: 'There is no such type.' },
  remedy: { 'zh-CN': '请从列表中选择。', en: 'Choose one of the list.' },
})

const noConfiguration = (value: string): LocalizedFieldError => ({
  field: '/configuration',
  value,
  message: { 'zh-CN': '没有找到这份配置。', en: 'There is no such configuration.' },
  remedy: {
    'zh-CN': '请粘贴规格书的完整链接，如 …/c/abc123。',
    en: 'Paste the whole link of the specification sheet: …/c/abc123.',
  },
})

const noComponent = (at: number, key: string): LocalizedFieldError => ({
  field: `/replaced/${at}/key`,
  value: key,
  message: { 'zh-CN': `这个机型没有部件 ${key}。`, en: `This type has no component ${key}.` },
  remedy: { 'zh-CN': '请选择机型中的部件。', en: 'Choose a component of the type.' },
})

const deviceUsed = () =>
  conflict(
    'device-used',
    {
      'zh-CN': '这台机器已有过所有者或凭证，不能删除。',
      en: 'This machine has had an owner or a credential, so it is not deleted.',
    },
    { 'zh-CN': '如已报废，请转移为无所有者并吊销凭证。', en: 'If it is scrapped, let nobody own it and revoke its credentials.' },
  )
