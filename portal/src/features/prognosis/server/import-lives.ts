import { Readable } from 'node:stream'
import { devicesBySerial, partsOfTypes, typedDevices } from '#features/devices/server'
import type { FileAnswer, IncomingFile, Language } from '#platform/core'
import { type Account, invalid, mediaTypes, type Platform, readWorkbook, translate, writeWorkbook } from '#platform/server'
import {
  endingWords,
  type LifeListView,
  lifeColumns,
  lifeHeadings,
  mostLifeRows,
  type ReadLife,
  readLives,
} from '../core/index.ts'
import { getPart, livesOf, type Part } from './read-parts.ts'
import type { PrognosisTables } from './tables.ts'

/** The workbook to fill in: headings in both languages, with two examples. */
export async function lifeTemplate(platform: Platform, part: Part, language: Language): Promise<FileAnswer> {
  const name = await componentName(platform, part)
  const content = await writeWorkbook([
    {
      name: name[language],
      widths: [24, 18, 18, 24],
      rows: [
        lifeColumns.map(column => `${lifeHeadings[column]['zh-CN']} ${lifeHeadings[column].en}`),
        ['', '2024-01-15', '2025-06-30', endingWords.failed[0]],
        ['', '2024-01-15', '2025-06-30', endingWords.censored[0]],
      ],
    },
  ])
  const title = translate(language, 'prognosis:desk.templateName', { component: name[language] })
  return { name: `${title}.xlsx`, mediaType: mediaTypes.xlsx, bytes: content.length, content: Readable.from([content]) }
}

/**
 * Reads a list of past ends of a component and says what is wrong with each row. With `write`, and where nothing is wrong with any, all of them are noted in one
 * transaction; otherwise none is. Throws file-refused.
 */
export async function importLives(
  platform: Platform,
  actor: Account,
  part: Part,
  { file, write }: { file: IncomingFile; write: boolean },
): Promise<LifeListView> {
  await getPart(platform.database, part)
  const { sheets } = await readWorkbook(platform, file, { rows: mostLifeRows + 50, columns: 30 })
  const today = platform.now().toISOString().slice(0, 10)
  const read = sheets.map(({ rows }) => readLives(rows, today)).find(rows => rows !== null)
  if (!read) throw invalid([{ field: '/file', value: file.name, ...noHeadings }])
  if (read.length > mostLifeRows) throw invalid([{ field: '/file', value: String(read.length), ...tooMany }])
  return platform.database.transaction(async () => {
    const { rows, machines } = await judgeRows(platform, part, read)
    const wrong = rows.some(({ faults }) => faults.length > 0)
    if (!write || wrong || rows.length === 0) return { rows, written: 0 }
    await writeRows(platform, actor, part, rows, machines)
    return { rows, written: rows.length }
  })
}

/** What only the register and the history know: whether there is such a machine, and whether this is noted already. */
async function judgeRows(platform: Platform, part: Part, read: readonly ReadLife[]) {
  const machines = new Map<string, string>()
  for (const serial of new Set(read.map(row => row.serial).filter(Boolean))) {
    const ids = (await devicesBySerial(platform.database, serial)).map(({ id }) => id)
    const own = (await typedDevices(platform.database, { ids, typeIds: [part.typeId] })).map(({ id }) => id)
    if (own.length === 1) machines.set(serial, own[0]!)
  }
  const known = new Set(
    (await livesOf(platform.database, part)).map(row => `${row.device_id} ${row.ended_at.toISOString().slice(0, 10)}`),
  )
  const seen = new Set<string>()
  const rows = read.map((row): ReadLife => {
    const deviceId = machines.get(row.serial)
    const key = `${deviceId} ${row.endedOn}`
    const faults = [...row.faults]
    if (row.serial !== '' && !deviceId) faults.unshift({ column: 'serial', fault: 'unknown-machine' })
    else if (deviceId && row.endedOn !== null) {
      if (known.has(key)) faults.push({ column: 'ended', fault: 'known' })
      if (seen.has(key)) faults.push({ column: 'ended', fault: 'twice' })
      seen.add(key)
    }
    return { ...row, faults }
  })
  return { rows, machines }
}

async function writeRows(
  { database, newId, now, audit, live }: Platform,
  actor: Account,
  { typeId, component }: Part,
  rows: readonly ReadLife[],
  machines: ReadonlyMap<string, string>,
): Promise<void> {
  await database
    .db<PrognosisTables>()
    .insertInto('component_life')
    .values(
      rows.map(({ serial, beganOn, endedOn, ending }) => ({
        ...{ id: newId(), device_id: machines.get(serial)!, component, ending: ending!, source: 'import' as const },
        ...{ began_at: new Date(`${beganOn}T00:00Z`), ended_at: new Date(`${endedOn}T00:00Z`) },
        ...{ noted_by: actor.id, noted_at: now() },
      })),
    )
    .execute()
  await audit.write({
    action: 'component-life.imported',
    target: { kind: 'device-type', id: typeId },
    facts: { component, rows: rows.length, failures: rows.filter(({ ending }) => ending === 'failed').length },
  })
  await live.publish('life-models', typeId)
}

async function componentName({ database }: Platform, part: Part) {
  await getPart(database, part)
  const [type] = await partsOfTypes(database, part.typeId)
  return type!.components.find(({ key }) => key === part.component)!.name
}

const noHeadings = {
  message: { 'zh-CN': '没有找到包含全部列标题的一行。', en: 'No row has all of the headings.' },
  remedy: { 'zh-CN': '请使用模板，保留它的列标题。', en: 'Use the template, and keep its headings.' },
}
const tooMany = {
  message: { 'zh-CN': `超过 ${mostLifeRows} 行。`, en: `There are more than ${mostLifeRows} rows.` },
  remedy: { 'zh-CN': '请分成几个文件。', en: 'Divide it into several files.' },
}
