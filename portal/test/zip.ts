import { crc32, deflateRawSync } from 'node:zlib'

interface Entry {
  name: string
  content?: Buffer | string
  /** what the directory says instead of the truth */
  claimed?: number
  encrypted?: boolean
  /** points at the bytes of the entry before it */
  shared?: boolean
}

/** A ZIP file as its directory says, honest or not. */
export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  let last = { at: 0, packed: Buffer.alloc(0) }
  for (const { name, content = '', claimed, encrypted = false, shared = false } of entries) {
    const bytes = Buffer.from(content)
    const packed = shared ? last.packed : deflateRawSync(bytes)
    const place = shared ? last.at : at
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    if (!shared) {
      parts.push(Buffer.from('PK\x03\x04'), common, title, packed)
      last = { at, packed }
      at += 30 + title.length + packed.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(place, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, title)
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, listing, end])
}

const contentTypes = (type: string, more = '') =>
  `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}"/>${more}</Types>`

/** Documents of Office, as far as anybody looks who does not open them. */
export const office = {
  docx: () => zip([{ name: '[Content_Types].xml', content: contentTypes('wordprocessingml.document.main+xml') }, document]),
  xlsx: () => zip([{ name: '[Content_Types].xml', content: contentTypes('spreadsheetml.sheet.main+xml') }, document]),
  pptx: () => zip([{ name: '[Content_Types].xml', content: contentTypes('presentationml.presentation.main+xml') }, document]),
  xlsm: () =>
    zip([
      {
        name: '[Content_Types].xml',
        content: contentTypes(
          'spreadsheetml.sheet.main+xml',
          '<Override PartName="/x" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>',
        ),
      },
      document,
    ]),
  /** an honest list of contents with macros beside it */
  hiddenMacros: () =>
    zip([
      { name: '[Content_Types].xml', content: contentTypes('wordprocessingml.document.main+xml') },
      { name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' },
    ]),
}

const document = { name: 'main.xml', content: '<document/>' }
