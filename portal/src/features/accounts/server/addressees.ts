import type { Language } from '#platform/core'
import { openFields, type Platform } from '#platform/server'
import { isStaffRole, rolesWith } from '../core/index.ts'
import { companyRoleOf } from './people.ts'
import type { AccountTables } from './tables.ts'

/** Somebody whom the portal can write to. */
export interface Addressee {
  id: string
  side: 'staff' | 'customer'
  name: string
  email: string
  /** in which he wants to be written to */
  language: Language
  /** null: staff */
  companyId: string | null
  /** of his company */
  administrates: boolean
  /** E.164, where he has confirmed it */
  phone: string | null
}

/** Whom to look for: those of companies, staff with a permission, or some by id, all of them together. */
export interface Wanted {
  companyIds?: readonly string[]
  staffWith?: string
  ids?: readonly string[]
}

/** People who may sign in and have confirmed their address, in the order they came. */
export async function addressees(
  { database, vault }: Pick<Platform, 'database' | 'vault'>,
  { companyIds = [], staffWith, ids = [] }: Wanted,
): Promise<Addressee[]> {
  const rows = await database
    .db<AccountTables>()
    .selectFrom('person')
    .leftJoin('confirmed_phone', 'confirmed_phone.person_id', 'person.id')
    // of several companies somebody is of the first, as when he signs in
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('company_member as m')
          .select(['m.company_id', 'm.role'])
          .whereRef('m.person_id', '=', 'person.id')
          .orderBy('m.created_at')
          .limit(1)
          .as('member'),
      join => join.onTrue(),
    )
    .select(['person.id', 'kind', 'name', 'email', 'phone', 'language', 'member.company_id', 'member.role'])
    .select('confirmed_phone.confirmed_at')
    .where('email_verified', '=', true)
    .where('deactivated_at', 'is', null)
    .where(({ or, and, eb, selectFrom }) =>
      or([
        ...(companyIds.length > 0 ? [eb('member.company_id', 'in', companyIds)] : []),
        ...(ids.length > 0 ? [eb('person.id', 'in', ids)] : []),
        ...(staffWith
          ? [
              and([
                eb('kind', '=', 'staff'),
                eb(
                  'person.id',
                  'in',
                  selectFrom('staff_role').select('person_id').where('role', 'in', rolesWith(staffWith).filter(isStaffRole)),
                ),
              ]),
            ]
          : []),
      ]),
    )
    .orderBy('person.created_at')
    .orderBy('person.id')
    .execute()
  return Promise.all(
    rows.map(async row => {
      const { email, phone } = await openFields(vault, 'person', row, ['email', 'phone'])
      return {
        ...{ id: row.id, side: row.kind, name: row.name, email, language: row.language },
        companyId: row.kind === 'customer' ? row.company_id : null,
        administrates: row.role !== null && companyRoleOf(row.role) === 'company-admin',
        phone: row.confirmed_at ? phone : null,
      }
    }),
  )
}
