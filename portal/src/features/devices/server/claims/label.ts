import { Readable } from 'node:stream'
import { readManufacturer } from '#features/manufacturer/server'
import type { FileAnswer } from '#platform/core'
import { notFound, type Platform, renderPdf } from '#platform/server'
import { plainClaimCode } from '../../core/index.ts'
import { noSuchDevice, platesOf } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { claimAddress, codeDigest } from './codes.ts'
import { labelDocument } from './label-drawing.ts'

/** The label with a code that was just issued. 404 for any other code: it is not kept, so it has to be told. */
export async function printLabel(
  platform: Platform,
  { deviceId, code }: { deviceId: string; code: string },
): Promise<FileAnswer> {
  const { database, config } = platform
  const [plate] = await platesOf(platform, [deviceId])
  if (!plate) throw noSuchDevice()
  const plain = plainClaimCode(code)
  const row =
    plain &&
    (await database
      .db<DeviceTables>()
      .selectFrom('device_code')
      .select('id')
      .where('device_id', '=', deviceId)
      .where('digest', '=', codeDigest(plain))
      .where('company_id', 'is', null)
      .where('ended_at', 'is', null)
      .executeTakeFirst())
  if (!row) throw notFound({ 'zh-CN': '可用的认领码', en: 'code that can be used' })
  const { name } = await readManufacturer(database)
  const written = plain.match(/.{1,4}/g)!.join('-')
  const address = claimAddress(config.publicUrl, written)
  const pdf = Buffer.from(await renderPdf(labelDocument({ ...plate, maker: name, code: written, address })))
  return {
    name: `${plate.model} ${plate.serial}.pdf`,
    mediaType: 'application/pdf',
    bytes: pdf.length,
    content: Readable.from([pdf]),
  }
}
