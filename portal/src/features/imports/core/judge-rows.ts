import { plainKey } from '#features/devices/core'
import { type Finding, finding } from './findings.ts'
import { columnsOf } from './form.ts'
import type { CompanyMatch, Target } from './match-companies.ts'
import type { FileRow } from './read-form.ts'

/**
 * What becomes of a row. new: it is written. update: blanks of something known are filled. known: there is nothing to write.
 * duplicate: a person has to decide. error: it cannot be taken.
 */
export const verdicts = ['duplicate', 'error', 'new', 'update', 'known'] as const
export type Verdict = (typeof verdicts)[number]

/** What is known of a company, contact or machine, by field. */
export type KnownValues = Readonly<Record<string, string | null>>

export interface KnownContact {
  id: string
  companyId: string
  values: KnownValues
}

export interface KnownMachine {
  id: string
  /** who owns it now; null: nobody is known */
  companyId: string | null
  values: KnownValues
}

/** What the portal knows of what a file is about. */
export interface Known {
  /** by id, of the companies that rows are the same as */
  companies: ReadonlyMap<string, KnownValues>
  contacts: readonly KnownContact[]
  machines: readonly KnownMachine[]
}

export interface Judged {
  verdict: Verdict
  findings: readonly Finding[]
  /** of a company: itself, an earlier row or one of the portal. Of others: their company. null: an error */
  company: Target | null
  /** id of the contact or machine of the portal it is; null: another row's, or none */
  knownId: string | null
  /** fields that are filled in */
  fills: readonly string[]
  /** fields in which it says something else than what is known, which stays as it is */
  differs: readonly { field: string; known: string; given: string }[]
}

interface Someone {
  company: Target
  id: string | null
  row: number
  values: KnownValues
}

/** Says of every row what becomes of it. rows: with their companies; places: of the companies of each */
export function judgeRows(
  rows: readonly FileRow[],
  places: readonly (number | undefined)[],
  matches: ReadonlyMap<number, CompanyMatch>,
  known: Known,
): Judged[] {
  const targetOf = (place: number): Target => {
    const match = matches.get(place)
    return match?.status === 'same' ? match.target : `row:${place}`
  }
  const contacts = new Groups<Someone>()
  for (const { id, companyId, values } of known.contacts) {
    const company: Target = `company:${companyId}`
    contacts.add(company, { company, id, row: 0, values })
  }
  const machines = new Map<string, Someone>()
  for (const { id, companyId, values } of known.machines)
    machines.set(machineKey(values), { company: `company:${companyId ?? ''}`, id, row: 0, values })
  return rows.map((row, place): Judged => {
    const own = places[place]
    if (isBroken(row)) return broken(row.findings)
    if (own === undefined || !matches.has(own))
      return broken([...row.findings, finding('company-wrong', { sheet: row.sheet, row: row.row, column: null })])
    const company = targetOf(own)
    if (row.kind === 'company') return judgeCompany(row, matches.get(place)!, company)
    if (row.kind === 'contact') {
      const there = contacts.of(company).find(other => isSamePerson(other.values, row.values))
      if (!there) contacts.add(company, { company, id: null, row: row.row, values: row.values })
      return compared(row, company, there)
    }
    const there = machines.get(machineKey(row.values))
    if (!there) machines.set(machineKey(row.values), { company, id: null, row: row.row, values: row.values })
    return compared(row, company, there)
  })

  function judgeCompany(row: FileRow, match: CompanyMatch, company: Target): Judged {
    const base = { company, knownId: null, findings: row.findings, fills: [], differs: [] }
    if (match.status === 'open') return { ...base, verdict: 'duplicate' }
    if (match.status === 'new') return { ...base, verdict: 'new' }
    const other = company.startsWith('row:') ? rows[Number(company.slice(4))]! : null
    const there = other ? other.values : known.companies.get(company.slice('company:'.length))
    const findings = other && other !== row ? [...row.findings, twice(row, other.row)] : row.findings
    return { ...base, findings, ...compareValues(row, there ?? {}) }
  }
}

function compared(row: FileRow, company: Target, there: Someone | undefined): Judged {
  const base = { company, knownId: there?.id ?? null, findings: row.findings, fills: [], differs: [] }
  if (!there) return { ...base, verdict: 'new' }
  if (there.company !== company)
    return {
      ...base,
      verdict: 'known',
      findings: [...row.findings, finding('other-owner', { sheet: row.sheet, row: row.row, column: null })],
    }
  const findings = there.id === null ? [...row.findings, twice(row, there.row)] : row.findings
  return { ...base, findings, ...compareValues(row, there.values) }
}

const twice = ({ sheet, row }: FileRow, other: number): Finding =>
  finding('twice-in-file', { sheet, row, column: null }, null, { row: String(other) })

const broken = (findings: readonly Finding[]): Judged => ({
  verdict: 'error',
  findings,
  company: null,
  knownId: null,
  fills: [],
  differs: [],
})

export const isBroken = ({ findings }: Pick<FileRow, 'findings'>): boolean => findings.some(({ level }) => level === 'error')

/** Fields by which something is recognised say nothing new. */
const recognising = new Set(['company', 'serial', 'model'])

function compareValues(row: FileRow, there: KnownValues): Pick<Judged, 'verdict' | 'fills' | 'differs'> {
  const given = columnsOf(row.kind).flatMap(({ field }) => {
    const value = row.values[field]
    return value === undefined || recognising.has(field) ? [] : [{ field, value }]
  })
  const fills = given.filter(({ field }) => !there[field]).map(({ field }) => field)
  const differs = given.flatMap(({ field, value }) => {
    const known = there[field]
    return known && known !== value ? [{ field, known, given: value }] : []
  })
  return { verdict: fills.length > 0 ? 'update' : 'known', fills, differs }
}

/** One e-mail address, one name with one number, or one name where nothing speaks against it. */
function isSamePerson(a: KnownValues, b: KnownValues): boolean {
  if (a.email && b.email) return a.email === b.email
  if (a.name !== b.name) return false
  return !(a.phone && b.phone) || a.phone === b.phone
}

/** Serial number and model as they are compared: case, width, spaces and dashes aside. */
export const machineKey = ({ serial, model }: KnownValues): string => `${plainKey(serial ?? '')} ${plainKey(model ?? '')}`

class Groups<Item> {
  readonly #items = new Map<string, Item[]>()
  of = (key: string): readonly Item[] => this.#items.get(key) ?? []
  add(key: string, item: Item): void {
    const items = this.#items.get(key)
    if (items) items.push(item)
    else this.#items.set(key, [item])
  }
}
