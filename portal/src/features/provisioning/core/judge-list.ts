import { isUri, plainKey } from '#features/devices/core'
import {
  type Finding,
  looksLikeCreditCode,
  plainCode,
  type ReadTable,
  readCompanyName,
  type TableRow,
} from '#features/imports/core'
import { listFinding } from './list-findings.ts'

/** What becomes of a row. new: it is registered. known: it is there, and stays as it is. error: as long as there is one, nothing is registered. */
export const listVerdicts = ['error', 'known', 'new'] as const
export type ListVerdict = (typeof listVerdicts)[number]

/** What the portal knows of what a list names. */
export interface KnownToList {
  /** id of a machine by `machineKey` */
  machines: ReadonlyMap<string, string>
  /** id of a type by its key */
  types: ReadonlyMap<string, string>
  /** ids of companies by `companyKey` of name and credit code */
  companies: ReadonlyMap<string, readonly string[]>
  /** tokens of saved configurations */
  configurations: ReadonlySet<string>
}

export interface JudgedMachine {
  row: TableRow
  verdict: ListVerdict
  findings: readonly Finding[]
  /** of the machine that is there already */
  deviceId: string | null
  typeId: string | null
  companyId: string | null
  configurationToken: string | null
}

/** Serial number and model as they are compared. */
export const machineKey = (serial: string, model: string): string => `${plainKey(serial)} ${plainKey(model)}`

/** A company's name or credit code without what only writing adds. */
export function companyKey(text: string): string {
  const code = plainCode(text)
  return looksLikeCreditCode(code) ? code : readCompanyName(text).whole
}

/** The token in the link of a specification sheet, or as it stands. */
export const configurationOf = ({ values }: TableRow): string | null => values.configuration?.split('/c/').at(-1) || null

const isYear = (text: string): boolean => /^\d{4}$/.test(text) && text >= '1900' && text <= '2200'

/** Says of every row what becomes of it, by what the portal knows now. */
export function judgeList(rows: readonly TableRow[], place: ReadTable['place'], known: KnownToList): JudgedMachine[] {
  const first = new Map<string, number>()
  return rows.map(row => {
    const { serial, model, type, company } = row.values
    const findings = [...row.findings]
    const say = (field: string, code: Parameters<typeof listFinding>[0], value: unknown, values = {}) =>
      findings.push(listFinding(code, place(row, field), value, values))

    const key = serial && model ? machineKey(serial, model) : null
    const before = key === null ? undefined : first.get(key)
    if (before !== undefined) say('serial', 'serial-twice', serial, { row: String(before) })
    else if (key !== null) first.set(key, row.row)
    const deviceId = (key !== null && known.machines.get(key)) || null
    if (deviceId) say('serial', 'serial-known', serial)

    const typeId = (type && known.types.get(type)) || null
    if (type && !typeId) say('type', 'type-unknown', type, { keys: [...known.types.keys()].slice(0, 10).join(', ') || '–' })
    const companies = company ? (known.companies.get(companyKey(company)) ?? []) : []
    if (company && companies.length === 0) say('company', 'company-unknown', company)
    if (companies.length > 1) say('company', 'company-unclear', company)
    const configurationToken = configurationOf(row)
    if (configurationToken && !known.configurations.has(configurationToken))
      say('configuration', 'configuration-unknown', row.values.configuration)

    for (const field of ['manufacturerUri', 'productInstanceUri'])
      if (row.values[field] && !isUri(row.values[field])) say(field, 'uri-unclear', row.values[field])
    const { builtYear } = row.values
    if (builtYear && !isYear(builtYear)) say('builtYear', 'year-unclear', builtYear)

    const verdict = findings.some(({ level }) => level === 'error') ? 'error' : deviceId ? 'known' : 'new'
    return { row, verdict, findings, deviceId, typeId, companyId: companies[0] ?? null, configurationToken }
  })
}
