import { sql } from 'kysely'
import { z } from 'zod'
import { fillCompanies, fillContacts, type NewCompany, writeCompanies, writeContacts } from '#features/accounts/server'
import { plainKey } from '#features/devices/core'
import { fillDevices, type NewDevice, writeDevices } from '#features/devices/server'
import { type Account, changedMeanwhile, type JobHandler, type Platform } from '#platform/server'
import { type ImportStatus, type ImportView, importMoves } from '../core/index.ts'
import { judgeAgain } from './decide-duplicates.ts'
import { movedOn, nothingToWrite, undecided } from './failures.ts'
import { findImport, getImport } from './read-imports.ts'
import { allRows, type StagedRow } from './staged-rows.ts'
import type { ImportRow, ImportTables } from './tables.ts'

/** Has a checked file written in the background. Throws import-undecided, import-empty. */
export async function beginWriting(
  platform: Platform,
  actor: Account,
  importId: string,
  revision: string,
): Promise<{ value: ImportView; etag: string }> {
  return platform.database.transaction(async () => {
    const row = await findImport(platform, importId, true)
    if (row.status !== 'checked') throw movedOn()
    if (String(row.revision) !== revision) throw changedMeanwhile()
    const kinds = Object.values(row.counts)
    const open = row.counts.company?.duplicate ?? 0
    if (open > 0) throw undecided(open)
    const broken = row.findings.some(({ level }) => level === 'error')
    if (broken || !kinds.some(verdicts => (verdicts.new ?? 0) + (verdicts.update ?? 0) > 0)) throw nothingToWrite()
    await moveImport(platform, row, 'writing', { written_by: actor.id })
    await platform.jobs.enqueue('imports.write', { importId })
    await platform.audit.write({
      action: 'customer-import.begun',
      target: { kind: 'customer-import', id: importId },
      facts: { fileName: row.file_name, sha256: row.sha256, ...row.counts },
    })
    return getImport(platform, importId)
  })
}

/**
 * Writes an import as a whole: the job's transaction is the import's. One import at a time, and each compares its file anew when its
 * turn comes, so that of two with the same companies the second finds what the first has written. Where that leaves something to decide,
 * nothing is written and the file waits for a person again.
 */
export async function writeWaiting(platform: Platform, importId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('fettle-customer-import'))`.execute(platform.database.db())
  const row = await findImport(platform, importId, true)
  if (row.status !== 'writing') return
  const tell = (done: number) => platform.database.outside(() => platform.live.publish('customer-imports', `${importId}/${done}`))
  const rows = await judgeAgain(platform, importId, await allRows(platform, importId))
  const held = { ...row, revision: row.revision + 1 }
  if (rows.some(({ judged }) => judged.verdict === 'duplicate')) await moveImport(platform, held, 'checked', { written_by: null })
  else {
    await writeRows(platform, importId, rows, tell)
    await moveImport(platform, held, 'done', { written_at: platform.now() })
    await platform.record('customers.imported', { importId, by: row.written_by! })
    await platform.audit.write({
      action: 'customer-import.written',
      target: { kind: 'customer-import', id: importId },
      facts: { fileName: row.file_name, sha256: row.sha256, ...(await findImport(platform, importId)).counts },
    })
  }
  await platform.live.publish('customer-imports', importId)
}

export const writeImportJob: JobHandler = {
  handle: (data, { platform }) => writeWaiting(platform, z.object({ importId: z.uuid() }).parse(data).importId),
}

async function writeRows(
  platform: Platform,
  importId: string,
  rows: readonly StagedRow[],
  tell: (done: number) => Promise<void>,
): Promise<void> {
  const ids = new Map<string, string>()
  const companyId = (target: string): string => {
    if (target.startsWith('company:')) return target.slice('company:'.length)
    if (!ids.has(target)) ids.set(target, platform.newId())
    return ids.get(target)!
  }
  const of = (kind: StagedRow['file']['kind'], ...verdicts: string[]) =>
    rows.filter(({ file, judged }) => file.kind === kind && verdicts.includes(judged.verdict))

  const companies = new Map<string, NewCompany>()
  for (const [place, { file, judged }] of rows.entries())
    if (file.kind === 'company' && judged.verdict === 'new')
      companies.set(companyId(`row:${place}`), {
        id: companyId(`row:${place}`),
        name: file.values.name!,
        ...recordOf(file.values),
      })
  const fills: ({ id: string } & ReturnType<typeof recordOf>)[] = []
  for (const { file, judged } of of('company', 'update')) {
    const id = companyId(judged.company!)
    const made = companies.get(id)
    if (made) fillIn(made, recordOf(file.values))
    else fills.push({ id, ...recordOf(file.values) })
  }
  await writeCompanies(platform, [...companies.values()], importId)
  await fillCompanies(platform, once(fills))
  await tell(companies.size + fills.length)

  const contacts = of('contact', 'new').map(({ file: { values }, judged }) => ({
    id: platform.newId(),
    companyId: companyId(judged.company!),
    name: values.name!,
    ...personOf(values),
  }))
  await writeContacts(platform, contacts, importId)
  const known = of('contact', 'update').filter(({ judged }) => judged.knownId !== null)
  await fillContacts(
    platform,
    known.map(({ file, judged }) => ({ id: judged.knownId!, ...personOf(file.values) })),
  )
  await tell(companies.size + fills.length + contacts.length + known.length)

  const devices = of('machine', 'new').map(
    ({ file: { values }, judged }): NewDevice => ({
      id: platform.newId(),
      serial: values.serial!,
      serialKey: plainKey(values.serial!),
      model: values.model!,
      modelKey: plainKey(values.model!),
      companyId: companyId(judged.company!),
      ...machineOf(values),
    }),
  )
  await writeDevices(platform, devices, importId)
  const there = of('machine', 'update').filter(({ judged }) => judged.knownId !== null)
  await fillDevices(
    platform,
    there.map(({ file, judged }) => ({ id: judged.knownId!, ...machineOf(file.values) })),
  )
}

type Values = Readonly<Record<string, string | null>>

type Fields = Partial<Record<string, string | null>>

const recordOf = ({ creditCode = null, address = null, phone = null, email = null, notes = null }: Values) => ({
  creditCode,
  address,
  phone,
  email,
  notes,
})
const personOf = ({ post = null, phone = null, email = null, notes = null }: Values) => ({ post, phone, email, notes })
const machineOf = ({ typeCode = null, deliveredOn = null, warrantyUntil = null, site = null }: Values) => ({
  typeCode,
  deliveredOn,
  warrantyUntil,
  site,
})

/** What a later row of the file says of something that an earlier one makes. */
function fillIn<Made extends object>(made: Made, more: Partial<Made>): void {
  const there = made as Fields
  for (const [field, value] of Object.entries(more as Fields)) if (there[field] === null && value) there[field] = value
}

/** Several rows may fill one company: a statement can touch each only once. */
function once<Fill extends { id: string }>(fills: readonly Fill[]): Fill[] {
  const byId = new Map<string, Fill>()
  for (const fill of fills) {
    const before = byId.get(fill.id)
    if (before) fillIn(before, fill)
    else byId.set(fill.id, { ...fill })
  }
  return [...byId.values()]
}

/** Moves an import as the table of moves allows. Needs it held. */
export async function moveImport(
  { database }: Platform,
  { id, status, revision }: ImportRow,
  to: ImportStatus,
  more: Partial<Pick<ImportRow, 'written_by' | 'written_at' | 'taken_back_at'>>,
): Promise<void> {
  if (!importMoves[status].includes(to)) throw movedOn()
  await database
    .db<ImportTables>()
    .updateTable('customer_import')
    .set({ status: to, revision: revision + 1, ...more })
    .where('id', '=', id)
    .execute()
}
