import type { Language } from '#platform/core'
import { type Database, openFields, type Platform } from '#platform/server'
import type { AccountTables } from './tables.ts'

/** Names of companies by id; those that are gone are not among them. */
export async function companyNames({ db }: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db<AccountTables>().selectFrom('company').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const mostFound = 200

/** Ids of companies with `q` in their name, at most 200. */
export async function companiesNamed({ db }: Database, q: string): Promise<string[]> {
  const rows = await db<AccountTables>()
    .selectFrom('company')
    .select('id')
    .where('name', 'ilike', `%${q.replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy('id')
    .limit(mostFound)
    .execute()
  return rows.map(({ id }) => id)
}

/** Names of the people of a company who may sign in, in the order they came. */
export async function peopleOfCompany({ db }: Database, companyId: string): Promise<string[]> {
  const rows = await db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select('person.name')
    .where('company_id', '=', companyId)
    .where('person.deactivated_at', 'is', null)
    .orderBy('company_member.created_at')
    .execute()
  return rows.map(({ name }) => name)
}

/** A person of a company to whom mail can be written. */
export interface Member {
  id: string
  name: string
  email: string
  /** in which he wants to be written to */
  language: Language
}

/** The people of a company who may sign in and have confirmed their address, in the order they came. */
export async function membersOfCompany(
  { database, vault }: Pick<Platform, 'database' | 'vault'>,
  companyId: string,
): Promise<Member[]> {
  const rows = await database
    .db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select(['person.id', 'person.name', 'person.email', 'person.language'])
    .where('company_id', '=', companyId)
    .where('person.email_verified', '=', true)
    .where('person.deactivated_at', 'is', null)
    .orderBy('company_member.created_at')
    .execute()
  return Promise.all(rows.map(row => openFields(vault, 'person', row, ['email'])))
}
