import { companyContacts, companyRecords, companyTraits } from '#features/accounts/server'
import { plainKey } from '#features/devices/core'
import { findDevices } from '#features/devices/server'
import { emailDigest, type Platform, phoneDigest } from '#platform/server'
import { isBroken, judgeRows, type Known } from '../core/judge-rows.ts'
import { type CompanyMatch, companyPlaces, type Decision, matchCompanies, type Target } from '../core/match-companies.ts'
import type { FileRow } from '../core/read-form.ts'
import { type CompanyFacts, companyDomain } from '../core/same-company.ts'
import { type Candidate, erasedRow, isErased, type StagedRow } from './staged-rows.ts'
import type { Counts } from './tables.ts'

/** What becomes of every row now, by what the portal knows at this moment. files: with their companies, a hole where a row was erased */
export async function judgeImport(
  platform: Platform,
  files: readonly (FileRow | undefined)[],
  decisions: ReadonlyMap<number, Decision>,
): Promise<StagedRow[]> {
  const rows = Array.from(files, row => row ?? erasedRow)
  const places = companyPlaces(rows)
  const traits = await companyTraits(platform)
  const known = traits.map(({ id, addresses, ...facts }) => ({ id, facts: { ...facts, domains: domainsOf(addresses) } }))
  const matches = matchCompanies(factsOf(platform, rows, places), known, decisions)
  const names = new Map(traits.map(({ id, name }) => [id, name]))
  const judged = judgeRows(rows, places, matches, await knownOf(platform, rows, matches))
  return rows.map((file, place) => ({
    file,
    judged: judged[place]!,
    candidates: candidatesOf(matches.get(place)),
    decision: decisions.get(place) ?? null,
  }))

  function candidatesOf(match: CompanyMatch | undefined): Candidate[] {
    const alike = match?.status === 'open' ? match.candidates : match?.status === 'same' ? [match.likeness] : []
    return alike.map(({ id, strength, reasons }) => ({ target: id, name: nameOf(id), strength, reasons }))
  }
  function nameOf(target: Target): string {
    const id = target.slice(target.indexOf(':') + 1)
    return (target.startsWith('row:') ? rows[Number(id)]?.values.name : names.get(id)) ?? ''
  }
}

/** Companies that can be taken, each with what its own row and its contacts say. */
function factsOf(
  { vault }: Platform,
  rows: readonly FileRow[],
  places: readonly (number | undefined)[],
): Map<number, CompanyFacts> {
  const facts = new Map<number, CompanyFacts & { phones: string[]; emails: string[]; domains: string[] }>()
  for (const [place, row] of rows.entries()) {
    if (row.kind !== 'company' || isBroken(row)) continue
    facts.set(place, { name: row.values.name!, creditCode: row.values.creditCode ?? null, phones: [], emails: [], domains: [] })
  }
  for (const [place, { kind, values }] of rows.entries()) {
    const company = facts.get(places[place] ?? -1)
    if (!company || kind === 'machine' || (kind === 'company' && places[place] !== place)) continue
    if (values.phone) company.phones.push(phoneDigest(vault, values.phone))
    if (values.email) {
      company.emails.push(emailDigest(vault, values.email))
      company.domains.push(...domainsOf([values.email]))
    }
  }
  return facts
}

const domainsOf = (addresses: readonly string[]): string[] => [
  ...new Set(addresses.flatMap(address => companyDomain(address) ?? [])),
]

async function knownOf(platform: Platform, rows: readonly FileRow[], matches: ReadonlyMap<number, CompanyMatch>): Promise<Known> {
  const targets = [...matches.values()].flatMap(match => (match.status === 'same' ? [match.target] : []))
  const ids = [...new Set(targets.flatMap(target => (target.startsWith('company:') ? [target.slice('company:'.length)] : [])))]
  const machines = rows.filter(({ kind, values }) => kind === 'machine' && values.serial && values.model)
  const keys = machines.map(({ values }) => ({ serialKey: plainKey(values.serial!), modelKey: plainKey(values.model!) }))
  const [records, contacts, devices] = await Promise.all([
    companyRecords(platform, ids),
    companyContacts(platform, ids),
    findDevices(platform, keys),
  ])
  return {
    companies: new Map(records.map(({ id, ...values }) => [id, values])),
    contacts: contacts.map(({ id, companyId, accountId, ...values }) => ({ id, companyId, values })),
    machines: devices.map(({ id, companyId, ...values }) => ({ id, companyId, values })),
  }
}

/** Rows by kind and verdict. */
export function countRows(rows: readonly StagedRow[]): Counts {
  const counts: Counts = {}
  for (const row of rows) {
    if (isErased(row)) continue
    const { file, judged } = row
    const ofKind = counts[file.kind] ?? {}
    ofKind[judged.verdict] = (ofKind[judged.verdict] ?? 0) + 1
    counts[file.kind] = ofKind
  }
  return counts
}
