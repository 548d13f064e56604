import { sql } from 'kysely'
import { emailDigest, notFound, openFields, type Platform } from '#platform/server'
import type { AccountView, CompanyRole, StaffRole } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { hashPassword } from './password-hash.ts'
import type { AccountTables } from './tables.ts'

/** The person behind an e-mail address (already normalised), locked against a second writer in a transaction. */
export async function findByEmail({ database, vault }: Platform, email: string) {
  const row = await database
    .db<AccountTables>()
    .selectFrom('person')
    .selectAll()
    .where('email_digest', '=', emailDigest(vault, email))
    .executeTakeFirst()
  return row && openFields(vault, 'person', row, ['email', 'phone'])
}

/**
 * Lets one transaction at a time decide about an e-mail address, so that two sign-ups at once end as one account
 * and not as an error.
 */
export async function lockEmail({ database, vault }: Platform, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${emailDigest(vault, email)}, 2))`.execute(database.db())
}

/** How a person can be found elsewhere; null where there is no such account. */
export async function personOf(
  { database, vault }: Platform,
  accountId: string,
): Promise<{ kind: 'staff' | 'customer'; email: string; phone: string | null } | null> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('person')
    .select(['kind', 'email', 'phone'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  return row ? openFields(vault, 'person', row, ['email', 'phone']) : null
}

/** The account as its owner and the pages see it. */
export async function viewAccount(platform: Platform, accountId: string): Promise<AccountView> {
  const row = await accounts(platform).where('person.id', '=', accountId).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '账户', en: 'account' })
  return toView(platform, row)
}

/** The session of this token, with whose it is, in one question: every request asks it. Null: there is none. */
export async function findSession(platform: Platform, token: string) {
  const row = await accounts(platform)
    .innerJoin('session', 'session.person_id', 'person.id')
    .select(['session.id as sessionId', 'session.created_at as createdAt', 'session.last_seen_at as lastSeenAt'])
    .select(['session.expires_at as expiresAt', 'person.deactivated_at as deactivatedAt'])
    .where('session.token', '=', token)
    .executeTakeFirst()
  if (!row) return null
  const { sessionId, createdAt, lastSeenAt, expiresAt, deactivatedAt } = row
  return { ...{ sessionId, createdAt, lastSeenAt, expiresAt, deactivatedAt }, account: await toView(platform, row) }
}

/** People as accounts, the first company of each first. */
const accounts = ({ database }: Platform) =>
  database
    .db<AccountTables>()
    .selectFrom('person')
    .leftJoin('company_member', 'company_member.person_id', 'person.id')
    .select([
      'person.id',
      'person.kind',
      'person.name',
      'person.email',
      'person.phone',
      'person.email_verified',
      'person.language',
    ])
    .select(['company_member.company_id', 'company_member.role as memberRole'])
    .select(sql<StaffRole[]>`array(select role from staff_role where person_id = person.id order by role)`.as('staffRoles'))
    .orderBy('company_member.created_at')

type AccountRow = Awaited<ReturnType<ReturnType<typeof accounts>['executeTakeFirstOrThrow']>>

async function toView({ vault }: Platform, row: AccountRow): Promise<AccountView> {
  const { email, phone } = await openFields(vault, 'person', row, ['email', 'phone'])
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email,
    phone,
    emailVerified: row.email_verified,
    language: row.language,
    roles: row.memberRole === null ? row.staffRoles : [companyRoleOf(row.memberRole)],
    companyId: row.company_id,
  }
}

/** The library knows owner, admin and member; whoever founded a company is one of its administrators. */
export const companyRoleOf = (memberRole: string): CompanyRole => (memberRole === 'member' ? 'company-member' : 'company-admin')

/** What the library calls it. */
export const memberRoleOf = (role: CompanyRole): 'admin' | 'member' => (role === 'company-admin' ? 'admin' : 'member')

interface NewStaff {
  name: string
  email: string
  roles: readonly StaffRole[]
  language: 'zh-CN' | 'en'
  /** null: sets it by the link of the invitation */
  password: string | null
  grantedBy: string | null
}

/** Writes a staff account in the ambient transaction; with a password it can sign in at once. Answers its id. */
export async function writeStaff(platform: Platform, staff: NewStaff): Promise<string> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const { name, email, language, password } = staff
  const person = await internalAdapter.createUser(
    { name, email, language, kind: 'staff', emailVerified: password !== null },
    { method: 'admin' },
  )
  if (password !== null) await setPassword(platform, person.id, await hashPassword(password))
  await platform.database
    .db<AccountTables>()
    .insertInto('staff_role')
    .values(staff.roles.map(role => ({ person_id: person.id, role, granted_at: platform.now(), granted_by: staff.grantedBy })))
    .execute()
  return person.id
}

/** Gives an account this password, whether it had one or not. Needs the ambient transaction. */
export async function setPassword(platform: Platform, accountId: string, hash: string): Promise<void> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const db = platform.database.db<AccountTables>()
  await db.deleteFrom('credential').where('person_id', '=', accountId).where('provider_id', '=', 'credential').execute()
  await internalAdapter.linkAccount({ userId: accountId, providerId: 'credential', accountId, password: hash })
}

interface NewCustomer {
  name: string
  email: string
  /** null: comes by a sign-in provider */
  password: string | null
  companyName: string | undefined
  language: 'zh-CN' | 'en'
}

/** Writes a customer and his company, a company of one where he names none, in the ambient transaction. */
export async function writeCustomer(
  platform: Platform,
  customer: NewCustomer,
): Promise<{ accountId: string; companyId: string }> {
  const library = accountLibrary(platform)
  const { name, email, password, companyName, language } = customer
  const { internalAdapter } = await library.$context
  const user =
    password === null
      ? await internalAdapter.createUser({ name, email, language, kind: 'customer', emailVerified: false }, { method: 'oauth' })
      : (await library.api.signUpEmail({ body: { name, email, password, language } })).user
  const company = await library.api.createOrganization({
    body: { name: companyName || name, slug: platform.newId(), sole: !companyName, userId: user.id },
  })
  return { accountId: user.id, companyId: company.id }
}
