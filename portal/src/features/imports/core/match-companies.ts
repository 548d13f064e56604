import { readCompanyName } from './company-name.ts'
import type { FileRow } from './read-form.ts'
import { type Alike, type CompanyFacts, CompanyIndex } from './same-company.ts'

/** What a company of a file may be the same as: one of the portal, or one of an earlier row. */
export type Target = `company:${string}` | `row:${number}`

/** What a person has said of a company that may be known. */
export interface Decision {
  choice: 'same' | 'different'
  /** same: the one; different: all he was shown */
  against: readonly string[]
}

export type CompanyMatch =
  | { status: 'new' }
  /** target: one of the portal, or the first row of this company, which is new or open itself */
  | { status: 'same'; target: Target; likeness: Alike<Target> }
  /** nobody has decided yet */
  | { status: 'open'; candidates: readonly Alike<Target>[] }

/** Rows with a company for each that contacts and machines name and no row tells of; companies come first. A row's place is its index from here on. */
export function withCompanies(rows: readonly FileRow[]): FileRow[] {
  const companies = rows.filter(({ kind }) => kind === 'company')
  const others = rows.filter(({ kind }) => kind !== 'company')
  const named = new Set(companies.map(({ values }) => nameKey(values.name ?? '')))
  const unnamed = others.flatMap(({ sheet, row, values: { company } }): FileRow[] => {
    if (company === undefined || named.has(nameKey(company))) return []
    named.add(nameKey(company))
    return [{ kind: 'company', sheet, row, values: { name: company }, findings: [] }]
  })
  return [...companies, ...unnamed, ...others]
}

/** By which a contact or machine finds the row of its company. */
export const nameKey = (name: string): string => readCompanyName(name).whole || name.trim()

/** Place of the company of each contact and machine; companies are of themselves. Undefined: the row names none. */
export function companyPlaces(rows: readonly FileRow[]): (number | undefined)[] {
  const places = new Map<string, number>()
  for (const [place, { kind, values }] of rows.entries()) {
    const key = nameKey(values.name ?? '')
    if (kind === 'company' && values.name && !places.has(key)) places.set(key, place)
  }
  return rows.map(({ kind, values }, place) => (kind === 'company' ? place : places.get(nameKey(values.company ?? ''))))
}

/**
 * Finds for each company of a file what it is the same as. A decision counts as long as it was made about what is found now.
 * facts: by place, for rows that can be imported
 */
export function matchCompanies(
  facts: ReadonlyMap<number, CompanyFacts>,
  known: Iterable<{ id: string; facts: CompanyFacts }>,
  decisions: ReadonlyMap<number, Decision>,
): Map<number, CompanyMatch> {
  const index = new CompanyIndex<Target>()
  for (const { id, facts } of known) index.add(`company:${id}`, facts)
  const matches = new Map<number, CompanyMatch>()
  for (const [place, own] of facts) {
    const match = judge(index.find(own), decisions.get(place))
    matches.set(place, match)
    index.add(match.status === 'same' ? match.target : `row:${place}`, own)
  }
  return matches
}

/** More are not shown to anybody. */
const mostCandidates = 3

function judge(found: readonly Alike<Target>[], decision: Decision | undefined): CompanyMatch {
  const [best] = found
  if (!best) return { status: 'new' }
  if (best.strength === 'certain') return { status: 'same', target: best.id, likeness: best }
  const candidates = found.slice(0, mostCandidates)
  if (decision?.choice === 'same') {
    const chosen = candidates.find(({ id }) => id === decision.against[0])
    if (chosen) return { status: 'same', target: chosen.id, likeness: chosen }
  }
  if (decision?.choice === 'different' && candidates.every(({ id }) => decision.against.includes(id))) return { status: 'new' }
  return { status: 'open', candidates }
}
