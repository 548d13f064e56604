import { sql } from 'kysely'
import type { Language } from '#platform/core'
import { type Database, decodeCursor, encodeCursor, notFound, openFields, type Platform } from '#platform/server'
import { isStaffRole, rolesWith, type StaffMember, type StaffRole } from '../core/index.ts'
import type { AccountTables } from './tables.ts'

type Vaulted = Pick<Platform, 'database' | 'vault'>

/** One page of staff in the order of creation. */
export async function listStaffPage(
  { database, vault }: Vaulted,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: StaffMember[]; nextCursor: string | null }> {
  const after = cursor ? decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id : undefined
  const rows = await staffQuery(database)
    .$if(after !== undefined, query => query.where('person.id', '>', after!))
    .orderBy('person.id')
    .limit(limit + 1)
    .execute()
  const items = await Promise.all(rows.slice(0, limit).map(row => presentStaff(vault, row)))
  return { items, nextCursor: rows.length > limit ? encodeCursor({ id: items.at(-1)!.id }) : null }
}

/** Throws not-found for a customer's id too. */
export async function getStaffMember({ database, vault }: Vaulted, accountId: string): Promise<StaffMember> {
  const row = await staffQuery(database).where('person.id', '=', accountId).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '员工账户', en: 'staff account' })
  return presentStaff(vault, row)
}

interface Colleague {
  id: string
  name: string
  email: string
  /** in which he wants to be written to */
  language: Language
}

/** Staff who have the permission and have set their password: whom such work can be given to. */
export async function listStaff({ database, vault }: Vaulted, permission: string): Promise<Colleague[]> {
  const rows = await database
    .db<AccountTables>()
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language'])
    .where('kind', '=', 'staff')
    .where('email_verified', '=', true)
    .where('deactivated_at', 'is', null)
    .where('id', 'in', query =>
      query.selectFrom('staff_role').select('person_id').where('role', 'in', rolesWith(permission).filter(isStaffRole)),
    )
    .orderBy('id')
    .execute()
  return Promise.all(rows.map(row => openFields(vault, 'person', row, ['email'])))
}

/** The same for one of them; null where there is no such person or he lacks the permission. */
export async function findStaff(platform: Vaulted, accountId: string, permission: string): Promise<Colleague | null> {
  const staff = await listStaff(platform, permission)
  return staff.find(({ id }) => id === accountId) ?? null
}

/** Names by account id, for showing who did what; an unknown id is left out. */
export async function personNames(database: Database, accountIds: readonly string[]): Promise<Map<string, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await database
    .db<AccountTables>()
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...accountIds])
    .execute()
  return new Map(rows.map(row => [row.id, row.name]))
}

/** Whether people are staff or customers, by id. */
export async function personSides(database: Database, accountIds: readonly string[]): Promise<Map<string, 'staff' | 'customer'>> {
  if (accountIds.length === 0) return new Map()
  const rows = await database
    .db<AccountTables>()
    .selectFrom('person')
    .select(['id', 'kind'])
    .where('id', 'in', [...accountIds])
    .execute()
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}

const staffQuery = (database: Database) =>
  database
    .db<AccountTables>()
    .selectFrom('person')
    .leftJoin('staff_role', 'staff_role.person_id', 'person.id')
    .select(['person.id', 'name', 'email', 'email_verified', 'deactivated_at', 'created_at', 'updated_at'])
    .select(
      sql<boolean>`exists (select from authenticator a where a.person_id = person.id and a.confirmed_at is not null)
        or exists (select from passkey k where k.person_id = person.id)`.as('second_factor'),
    )
    .select(
      sql<Date | null>`(select max(expires_at) from one_time_token t where t.value = person.id::text and expires_at > now())`.as(
        'link_until',
      ),
    )
    .select(
      sql<number>`(select count(*)::int from api_key where api_key.person_id = person.id and api_key.expires_at > now())`.as(
        'api_keys',
      ),
    )
    .select(sql<StaffRole[]>`coalesce(array_agg(role order by role) filter (where role is not null), '{}')`.as('roles'))
    .where('kind', '=', 'staff')
    .groupBy('person.id')

type StaffRow = Awaited<ReturnType<ReturnType<typeof staffQuery>['execute']>>[number]

const presentStaff = async (vault: Platform['vault'], row: StaffRow): Promise<StaffMember> => ({
  id: row.id,
  name: row.name,
  email: await vault.open(row.email, 'person.email'),
  roles: row.roles,
  active: row.email_verified,
  secondFactor: row.second_factor,
  apiKeys: row.api_keys,
  deactivatedAt: row.deactivated_at?.toISOString() ?? null,
  invitedUntil: row.email_verified ? null : (row.link_until?.toISOString() ?? null),
  createdAt: row.created_at.toISOString(),
  revision: row.updated_at.toISOString(),
})
