import { type Entry, openPromise, type ZipFile } from 'yauzl'
import type { FileKind } from '#platform/core'
import { fileRefused, type Reason } from './files-refused.ts'

const mostEntries = 5000
const mostBytes = 200_000_000
const mostTypesBytes = 1_000_000

/**
 * Which kind of ZIP this is: DOCX, XLSX or a plain one. Throws file-refused for macros, passwords, programs and archives inside, and
 * for bombs: the sizes an archive announces are added up first, then everything is unpacked into nothing to see that they are true.
 */
export async function inspectArchive(path: string): Promise<Extract<FileKind, 'docx' | 'xlsx' | 'zip'>> {
  const archive = await openPromise(path, { autoClose: false, strictFileNames: false }).catch(() => refuse('archive-broken'))
  try {
    const entries = await readEntries(archive)
    const types = entries.find(({ fileName }) => fileName === '[Content_Types].xml')
    if (types) return await officeKind(archive, types, entries)
    if (entries.some(({ fileName }) => isUnwelcome(fileName))) refuse('archive-program')
    await unpackIntoNothing(archive, entries)
    return 'zip'
  } finally {
    archive.close()
  }
}

async function readEntries(archive: ZipFile): Promise<Entry[]> {
  if (archive.entryCount > mostEntries) refuse('archive-bomb')
  const entries: Entry[] = []
  let packed = 0
  let unpacked = 0
  try {
    for await (const entry of archive.eachEntry()) {
      entries.push(entry)
      packed += entry.compressedSize
      unpacked += entry.uncompressedSize
    }
  } catch {
    refuse('archive-broken') // names that climb out of their folder are among what the library takes offence at
  }
  if (entries.some(entry => entry.isEncrypted())) refuse('encrypted')
  if (entries.some(entry => !entry.canDecodeFileData())) refuse('archive-broken')
  // entries that share their bytes make a small file unpack to very much
  if (unpacked > mostBytes || packed > archive.fileSize) refuse('archive-bomb')
  return entries
}

async function officeKind(archive: ZipFile, types: Entry, entries: Entry[]): Promise<'docx' | 'xlsx'> {
  if (types.uncompressedSize > mostTypesBytes) refuse('archive-bomb')
  const text = await readText(archive, types)
  if (/macroEnabled|vbaProject|ms-office\.activeX/i.test(text)) refuse('macros')
  if (entries.some(({ fileName }) => /vbaProject|macrosheets|activeX/i.test(fileName))) refuse('macros')
  await unpackIntoNothing(archive, entries)
  if (text.includes('wordprocessingml.document.main+xml')) return 'docx'
  if (text.includes('spreadsheetml.sheet.main+xml')) return 'xlsx'
  return refuse('unknown')
}

async function readText(archive: ZipFile, entry: Entry): Promise<string> {
  const pieces: Buffer[] = []
  await eachPiece(archive, entry, piece => pieces.push(piece))
  return Buffer.concat(pieces).toString('utf8')
}

async function unpackIntoNothing(archive: ZipFile, entries: Entry[]): Promise<void> {
  for (const entry of entries) if (!entry.fileName.endsWith('/')) await eachPiece(archive, entry, () => {})
}

/** The library ends the stream with an error as soon as more comes than was announced. */
async function eachPiece(archive: ZipFile, entry: Entry, take: (piece: Buffer) => void): Promise<void> {
  try {
    for await (const piece of await archive.openReadStreamPromise(entry)) take(piece as Buffer)
  } catch {
    refuse('archive-broken')
  }
}

/** What runs when it is opened, and what would have to be looked into once more. */
const isUnwelcome = (name: string) =>
  /\.(exe|dll|com|scr|pif|msi|msix|bat|cmd|ps1|vbs|vbe|js|jse|mjs|wsf|wsh|hta|lnk|reg|jar|sh|app|dmg|apk|html?|svg|xhtml|docm|dotm|xlsm|xltm|xlam|pptm|doc|xls|ppt|zip|rar|7z|gz|tgz|bz2|xz|tar|cab|iso|img|arj|lzh|zst)\s*$/i.test(
    name,
  )

function refuse(reason: Reason): never {
  throw fileRefused(reason)
}
