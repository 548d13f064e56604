import { placesAgree } from './chinese-places.ts'
import { type CompanyName, readCompanyName } from './company-name.ts'

/** What two companies are compared by. Phones and addresses come as digests or as they are: only their equality counts. */
export interface CompanyFacts {
  name: string
  /** a unified social credit code or VAT number, plain; null: not known */
  creditCode: string | null
  phones: readonly string[]
  emails: readonly string[]
  /** of e-mail addresses, without those of mail providers */
  domains: readonly string[]
}

export const likenessReasons = ['credit-code', 'name', 'similar-name', 'domain', 'phone', 'email'] as const
export type LikenessReason = (typeof likenessReasons)[number]

/** certain: nobody need look. likely: a person decides. */
export interface Likeness {
  strength: 'certain' | 'likely'
  reasons: readonly LikenessReason[]
}

/**
 * Whether two companies are the same. Certain: one credit code, one name however it is written, or a similar name with a common
 * domain, phone or address. Likely: only one of the latter. Two different codes, or a branch and its house, never are. Null: nothing speaks for it.
 */
export const compareCompanies = (a: CompanyFacts, b: CompanyFacts): Likeness | null => compareRead(withName(a), withName(b))

interface Read extends CompanyFacts {
  read: CompanyName
}

const withName = (facts: CompanyFacts): Read => ({ ...facts, read: readCompanyName(facts.name) })

function compareRead(a: Read, b: Read): Likeness | null {
  if (a.creditCode !== null && b.creditCode !== null)
    return a.creditCode === b.creditCode ? { strength: 'certain', reasons: ['credit-code'] } : null
  if (a.read.branch !== b.read.branch) return null
  const name = a.read.whole !== '' && a.read.whole === b.read.whole
  const similar = !name && a.read.core !== '' && a.read.core === b.read.core && placesAgree(a.read.places, b.read.places)
  const common = { domain: share(a.domains, b.domains), phone: share(a.phones, b.phones), email: share(a.emails, b.emails) }
  const reasons: LikenessReason[] = [
    ...(name ? (['name'] as const) : []),
    ...(similar ? (['similar-name'] as const) : []),
    ...(['domain', 'phone', 'email'] as const).filter(reason => common[reason]),
  ]
  if (reasons.length === 0) return null
  return { strength: name || (similar && reasons.length > 1) ? 'certain' : 'likely', reasons }
}

const share = (a: readonly string[], b: readonly string[]): boolean => a.some(one => b.includes(one))

export interface Alike<Id> extends Likeness {
  id: Id
}

/** How many companies of one key are looked at: a phone number or domain that more share tells nothing. */
const mostOfOneKey = 50

/** Companies by everything they can be recognised by, so that one among very many is found without comparing each. */
export class CompanyIndex<Id> {
  readonly #byKey = new Map<string, { id: Id; read: Read }[]>()

  /** A company may be added more than once, by each way in which it is known. */
  add(id: Id, facts: CompanyFacts): void {
    const entry = { id, read: withName(facts) }
    for (const key of keysOf(entry.read)) {
      const entries = this.#byKey.get(key)
      if (entries) entries.push(entry)
      else this.#byKey.set(key, [entry])
    }
  }

  /** Those that are, or may be, this one: the certain first, then those for whom more speaks, then in the order they were added. */
  find(facts: CompanyFacts): Alike<Id>[] {
    const read = withName(facts)
    const entries = new Set(keysOf(read).flatMap(key => (this.#byKey.get(key) ?? []).slice(0, mostOfOneKey)))
    const alike = new Map<Id, Alike<Id>>()
    for (const { id, read: other } of entries) {
      const likeness = compareRead(read, other)
      const before = alike.get(id)
      if (likeness && (!before || weight(likeness) > weight(before))) alike.set(id, { id, ...likeness })
    }
    return [...alike.values()].sort((a, b) => weight(b) - weight(a))
  }
}

const weight = ({ strength, reasons }: Likeness): number =>
  (strength === 'certain' ? 100 : 0) +
  (reasons.includes('credit-code') ? 50 : 0) +
  (reasons.includes('name') ? 20 : 0) +
  reasons.length

const keysOf = ({ creditCode, read, domains, phones, emails }: Read): string[] => [
  ...(creditCode === null ? [] : [`code ${creditCode}`]),
  ...(read.whole === '' ? [] : [`name ${read.whole}`]),
  ...(read.core === '' ? [] : [`core ${read.core}`]),
  ...domains.map(domain => `domain ${domain}`),
  ...phones.map(phone => `phone ${phone}`),
  ...emails.map(email => `email ${email}`),
]

/** Whoever writes from these says nothing of his company by it. */
const providers =
  /^(?:(?:vip\.)?(?:qq|163|126|188|139|189|sina|sohu|tom|21cn|263)\.(?:com|cn|net)|189\.cn|wo\.cn|yeah\.net|foxmail\.com|aliyun\.com|139\.com|sina\.(?:com\.)?cn|(?:gmail|googlemail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|gmx|mail|yandex)\.[a-z.]{2,6}|pm\.me|web\.de|t-online\.de|mail\.ru|yahoo\.[a-z.]{2,6}|naver\.com|daum\.net|orange\.fr|free\.fr|libero\.it)$/

/** The domain of an e-mail address that speaks for a company; null: a mail provider's, or none. */
export function companyDomain(email: string): string | null {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return domain.includes('.') && !providers.test(domain) ? domain : null
}
