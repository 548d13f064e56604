import { Readable } from 'node:stream'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { readManufacturer } from '#features/manufacturer/server'
import { type FileAnswer, type LocalizedText, languages } from '#platform/core'
import { notFound, type Platform, renderPdf, translate } from '#platform/server'
import { plainClaimCode } from '../../core/index.ts'
import { noSuchDevice, platesOf } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { claimAddress, codeDigest } from './codes.ts'

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

interface Label {
  maker: LocalizedText
  serial: string
  model: string
  code: string
  address: string
}

const mm = (length: number) => (length * 72) / 25.4

/** 100 × 50 mm, for printers of labels: the QR code in the middle of the height, beside it what one reads. */
const labelDocument = ({ maker, serial, model, code, address }: Label): TDocumentDefinitions => ({
  info: { title: `${model} ${serial}` },
  pageSize: { width: mm(100), height: mm(50) },
  pageMargins: [mm(4), mm(4), mm(4), mm(3)],
  defaultStyle: { fontSize: 7, lineHeight: 1.15 },
  content: [
    {
      columnGap: mm(4),
      columns: [
        { width: mm(36), stack: [{ qr: address, fit: mm(36), eccLevel: 'M' }] },
        {
          width: '*',
          stack: [
            { text: maker['zh-CN'], fontSize: 8, bold: true },
            { text: model, fontSize: 15, bold: true, margin: [0, mm(1.5), 0, 0] },
            { text: `S/N ${serial}`, fontSize: 10 },
            ...languages.map((language, at) => ({
              text: translate(language, 'devices:label.scan'),
              margin: [0, at === 0 ? mm(2) : 0, 0, 0] as [number, number, number, number],
            })),
          ],
        },
      ],
    },
    { text: code, fontSize: 6, characterSpacing: 0.6, margin: [0, mm(1), 0, 0], link: address },
  ],
})
