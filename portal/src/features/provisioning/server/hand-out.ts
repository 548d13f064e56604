import { Readable } from 'node:stream'
import type { z } from 'zod'
import { demandAuthority, devicesById, type Equipment, equipDevices, labelSheets, writePkcs12 } from '#features/devices/server'
import type { FileAnswer } from '#platform/core'
import { type Account, type ConfirmedAct, type Platform, translate, writeWorkbook } from '#platform/server'
import type { handOutDeviceList as contract } from '../core/index.ts'
import { deviceAddress } from './device-address.ts'
import { getList } from './read-lists.ts'
import type { ProvisioningTables } from './tables.ts'
import { type ZipEntry, zipped } from './zipped.ts'

type HandOutWish = z.output<NonNullable<typeof contract.body>>

/** What is confirmed. */
export async function describeHandOut(platform: Platform, listId: string, { signIn }: HandOutWish): Promise<ConfirmedAct> {
  const { machines, fileName } = await getList(platform, listId)
  const what = {
    token: { 'zh-CN': '认领码和令牌', en: 'claim codes and tokens' },
    certificate: { 'zh-CN': '认领码、证书和私钥', en: 'claim codes, certificates and keys' },
    none: { 'zh-CN': '认领码', en: 'claim codes' },
  }[signIn]
  return {
    target: `device-list ${listId}`,
    what: {
      'zh-CN': `下载清单“${fileName}”中 ${machines} 台机器的${what['zh-CN']}`,
      en: `Download ${what.en} of the ${machines} machines of “${fileName}”`,
    },
  }
}

/** Machines that are held at a time. */
const piece = 20

/**
 * What the machines of a list are claimed by and sign in by, as one ZIP that is written while it is read. Each machine is given its own in a
 * transaction before it stands in the file; nothing of it is kept in clear. A download that broke off is asked for again: what was not used holds
 * no more then.
 */
export async function handOut(
  platform: Platform,
  account: Account,
  { listId, wish, reason }: { listId: string; wish: HandOutWish; reason?: string | undefined },
): Promise<FileAnswer> {
  const { database } = platform
  const list = await getList(platform, listId)
  if (wish.signIn === 'certificate') await demandAuthority(platform)
  await database
    .db<ProvisioningTables>()
    .updateTable('device_list')
    .set({ handed_out_at: platform.now(), handed_out_by: account.id })
    .where('id', '=', listId)
    .execute()
  const { signIn, months, pkcs12 } = wish
  await platform.audit.write({
    action: 'device-list.handed-out',
    target: { kind: 'device-list', id: listId },
    facts: { machines: list.machines, signIn, ...(signIn === 'certificate' ? { months, pkcs12 } : {}) },
    ...(reason === undefined ? {} : { reason }),
  })
  const t = (key: string) => translate(wish.language, `provisioning:${key}`)
  const base = list.fileName.replace(/\.[^.]+$/, '')
  const id = platform.newId()
  const content = Readable.from(zipped(entries(platform, account, list.id, base, wish, id)), { objectMode: false })
  return {
    name: `${base} ${t('fileName.handOut')}.zip`,
    mediaType: 'application/zip',
    bytes: null,
    content,
    export: { id, rows: list.machines },
  }
}

interface Line {
  serial: string
  model: string
  equipment: Equipment
  password: string
  files: string
}

async function* entries(
  platform: Platform,
  account: Account,
  listId: string,
  label: string,
  wish: HandOutWish,
  exportId: string,
): AsyncGenerator<ZipEntry> {
  const lines: Line[] = []
  let authority: string | null = null
  const tell = (done: number) =>
    platform.database.outside(() => platform.live.publish('device-list-exports', `${exportId}/${done}`))
  const members = await membersOf(platform, listId)
  for (let at = 0; at < members.length; at += piece) {
    for (const { serial, model, equipment } of await equipSome(
      platform,
      account,
      listId,
      members.slice(at, at + piece),
      label.slice(0, 60),
      wish,
    )) {
      const { credential } = equipment
      const line: Line = { serial, model, equipment, password: '', files: '' }
      lines.push(line)
      if (credential?.kind !== 'certificate') continue
      authority = credential.authority
      line.files = `${fileName(serial)}-${equipment.deviceId.slice(-6)}`
      const path = `certificates/${line.files}`
      yield { name: `${path}.crt`, content: Buffer.from(credential.certificate) }
      yield { name: `${path}.key`, content: Buffer.from(credential.key) }
      if (!wish.pkcs12) continue
      const packed = await writePkcs12(credential)
      line.password = packed.password
      yield { name: `${path}.p12`, content: packed.content }
    }
    await tell(Math.min(at + piece, members.length))
  }
  if (authority) yield { name: 'certificates/authority.crt', content: Buffer.from(authority) }
  const claimed = lines.flatMap(({ serial, model, equipment: { claim } }) => (claim ? [{ serial, model, ...claim }] : []))
  for (const [at, sheets] of (await labelSheets(platform, claimed)).entries())
    yield { name: `labels-${String(at + 1).padStart(2, '0')}.pdf`, content: sheets }
  yield {
    name: `${translate(wish.language, 'provisioning:fileName.machines')}.xlsx`,
    content: await workbook(platform, lines, wish),
  }
}

const membersOf = ({ database }: Platform, listId: string): Promise<{ device_id: string }[]> =>
  database
    .db<ProvisioningTables>()
    .selectFrom('device_list_member')
    .select('device_id')
    .where('list_id', '=', listId)
    .orderBy('place')
    .execute()

/** Gives some machines theirs, and writes down what they were given, so that the next time it can be taken back. */
function equipSome(
  platform: Platform,
  account: Account,
  listId: string,
  members: readonly { device_id: string }[],
  label: string,
  { signIn, months }: HandOutWish,
): Promise<{ serial: string; model: string; equipment: Equipment }[]> {
  const { database } = platform
  const ids = members.map(({ device_id }) => device_id)
  return database.transaction(async () => {
    const db = database.db<ProvisioningTables>()
    const held = await db
      .selectFrom('device_list_member')
      .select(['device_id', 'credential_id'])
      .where('list_id', '=', listId)
      .where('device_id', 'in', ids)
      .orderBy('place')
      .forUpdate()
      .execute()
    const equipped = await equipDevices(
      platform,
      account,
      held.map(({ device_id, credential_id }) => ({ deviceId: device_id, former: credential_id })),
      { label, signIn: signIn === 'none' ? null : signIn === 'token' ? { kind: 'token' } : { kind: 'certificate', months } },
    )
    for (const { deviceId, credential } of equipped)
      if (credential && credential.kind !== 'kept')
        await db
          .updateTable('device_list_member')
          .set({ credential_id: credential.id })
          .where('device_id', '=', deviceId)
          .execute()
    const plates = new Map((await devicesById(database, ids)).map(device => [device.id, device]))
    return equipped.map(equipment => {
      const { serial, model } = plates.get(equipment.deviceId)!
      return { serial, model, equipment }
    })
  })
}

/** What every machine is claimed by and signs in by, with how it connects. */
async function workbook(platform: Platform, lines: readonly Line[], { signIn, language }: HandOutWish): Promise<Buffer> {
  const t = (key: string) => translate(language, `provisioning:${key}`)
  const address = deviceAddress(platform) ?? ''
  const columns = ['serial', 'model', 'id', 'code', 'link', 'address', 'prefix', 'token', 'files', 'password', 'state'] as const
  const widths = [18, 20, 38, 34, 60, 30, 46, 64, 30, 24, 40]
  const stateOf = ({ claim, credential }: Equipment): string =>
    [claim ? '' : t('state.owned'), credential?.kind === 'kept' ? t('state.kept') : ''].filter(Boolean).join(' ')
  return writeWorkbook([
    {
      name: t('fileName.machines'),
      widths,
      rows: [
        columns.map(column => t(`column.${column}`)),
        ...lines.map(({ serial, model, equipment, password, files }) => {
          const { deviceId, claim, credential } = equipment
          const token = credential?.kind === 'token' ? credential.token : ''
          const prefix = `fettle/${deviceId}/`
          return [
            ...[serial, model, deviceId, claim?.code ?? '', claim?.address ?? '', address, prefix, token, files, password],
            stateOf(equipment),
          ]
        }),
      ],
    },
    {
      name: t('guideSheet'),
      widths: [110],
      rows: [['once'], ['claim'], ['connect'], [`connect-${signIn}`], ['again']].map(([key]) => [t(`handOutGuide.${key}`)]),
    },
  ])
}

const fileName = (serial: string): string => serial.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 60)
