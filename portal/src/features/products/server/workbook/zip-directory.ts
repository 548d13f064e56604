/** What a ZIP archive says it holds. Nothing is unpacked to know it. */
export interface ZipDirectory {
  names: ReadonlySet<string>
  /** bytes of all entries unpacked, as declared; the reader unpacks no entry beyond what it declares */
  unpacked: number
  /** an entry is encrypted by ZIP's own means */
  encrypted: boolean
}

/** PKWARE APPNOTE 4.3.16 and 4.3.12. null: no archive, or one whose directory is damaged or lies about sizes. */
export function readZipDirectory(bytes: Uint8Array): ZipDirectory | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return null
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const names = new Set<string>()
  let unpacked = 0
  let encrypted = false
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null
    const flags = view.getUint16(at + 8, true)
    const packedSize = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(offset => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ]
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    if (hidesItsSize(name, flags, packedSize, size)) return null
    names.add(name)
    unpacked += size
    encrypted ||= (flags & 1) !== 0
    at += 46 + nameLength + extraLength + commentLength
  }
  return { names, unpacked, encrypted }
}

/** Sizes that the directory leaves open would be looked for elsewhere, where nobody has bounded them. */
const hidesItsSize = (name: string, flags: number, packedSize: number, size: number): boolean =>
  !name.endsWith('/') && ((packedSize > 16 && size === 0) || (packedSize === 0 && (size > 0 || (flags & 8) !== 0)))

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) if (view.getUint32(at, true) === 0x06054b50) return at
  return undefined
}
