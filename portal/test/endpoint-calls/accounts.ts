import { getStaffMember, inviteColleague, inviteStaff, makeApiKey } from '#features/accounts/core'
import { confirmingApi } from '../confirming.ts'
import { linkToken, type World } from '../two-companies.ts'
import { type Call, freshEmail, none, password } from './call.ts'

export const accountsCalls: Record<string, Call> = {
  'accounts.getMe': none,
  'accounts.changeMe': { call: () => ({ body: {} }) },
  'accounts.getMyCompany': { call: () => ({}), shows: (company, { id }) => company.id === id },
  'accounts.listRoles': none,
  'accounts.listStaff': none,
  'accounts.getStaffMember': { call: async world => ({ params: { accountId: (await newColleague(world)).id } }) },
  'accounts.inviteStaff': { call: () => ({ body: { name: 'Colleague', email: freshEmail(), roles: ['sales'] } }) },
  'accounts.changeStaff': {
    async call(world) {
      const { id, revision } = await newColleague(world)
      return { params: { accountId: id }, body: { roles: ['service'] }, ifMatch: `"${revision}"` }
    },
  },
  'accounts.resetSecondFactor': {
    call: async world => ({ params: { accountId: (await newColleague(world)).id } }),
    answers: 409, // he has none
  },
  'accounts.resendStaffInvitation': {
    async call(world) {
      await makeRoom(world)
      return { params: { accountId: (await newColleague(world)).id } }
    },
  },
  'accounts.withdrawStaffInvitation': { call: async world => ({ params: { accountId: (await newColleague(world)).id } }) },
  'accounts.listCompanies': { call: ({ own }) => ({ query: { q: own.name } }) },
  'accounts.getCompany': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'accounts.getCompanyRecord': { call: ({ own }) => ({ params: { companyId: own.id } }) },
  'accounts.changeCompany': {
    async call({ own, database }) {
      const { rows } = await database.pool.query('select revision from company where id = $1', [own.id])
      return { params: { companyId: own.id }, body: { name: own.name }, ifMatch: `"${rows[0].revision}"` }
    },
    rows: 'company',
  },
  'accounts.listInvitations': { call: ({ own }) => ({ params: { companyId: own.id } }), rows: 'company' },
  'accounts.inviteColleague': {
    async call(world) {
      await makeRoom(world)
      return { params: { companyId: world.own.id }, body: { email: freshEmail(), language: 'en' } }
    },
    rows: 'company',
  },
  'accounts.resendInvitation': {
    call: async world => ({ params: { invitationId: (await newInvitation(world)).id } }),
    rows: 'company',
  },
  'accounts.withdrawInvitation': {
    call: async world => ({ params: { invitationId: (await newInvitation(world)).id } }),
    rows: 'company',
  },
  'accounts.changeCompanyRole': {
    call: async world => ({ params: { accountId: await newMember(world) }, body: { role: 'company-admin' } }),
    rows: 'company',
  },
  'accounts.removeFromCompany': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.readInvitation': {
    call: async world => ({ params: { token: await linkToken(world, (await newInvitation(world)).email) } }),
  },
  'accounts.joinAsNewcomer': {
    call: async world => ({
      body: { token: await linkToken(world, (await newInvitation(world)).email), name: 'Newcomer', password },
    }),
    endsSession: 'own',
  },
  'accounts.joinCompany': {
    call: async world => ({ body: { token: await linkToken(world, (await newInvitation(world)).email) } }),
    answers: 409, // it is for another address
  },
  'accounts.listMySessions': none,
  'accounts.endMySession': {
    // each caller ends the session he comes with
    call: async ({ database }) => {
      const { rows } = await database.pool.query('select id from session order by created_at desc, id desc limit 1')
      return { params: { sessionId: rows[0].id } }
    },
    endsSession: 'others',
  },
  'accounts.endMyOtherSessions': { call: () => ({}), endsSession: 'others' },
  'accounts.listSessionsOf': { call: async world => ({ params: { accountId: await newMember(world) } }) },
  'accounts.endSessionOf': {
    call: async world => ({ params: { accountId: await newMember(world), sessionId: crypto.randomUUID() } }),
    answers: 404, // he has none
  },
  'accounts.endSessionsOf': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.deactivate': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.reactivate': { call: async world => ({ params: { accountId: await newMember(world) } }), rows: 'company' },
  'accounts.listMyApiKeys': none,
  'accounts.makeApiKey': { call: (_, { scopes }) => ({ body: { name: walked, scopes: scopes.slice(0, 1), days: 1 } }) },
  'accounts.revokeMyApiKey': { call: () => ({ params: { keyId: crypto.randomUUID() } }), answers: 404 }, // has none
  'accounts.listApiKeysOf': { call: ({ own }) => ({ params: { accountId: own.member.id } }), rows: 'company' },
  'accounts.revokeApiKeyOf': {
    call: async world => ({ params: { accountId: world.own.member.id, keyId: await newKey(world) } }),
    rows: 'company',
  },
  'accounts.confirm': {
    call: (_, { password }) => ({
      body: { request: 'x'.repeat(40), proof: { method: 'password', password }, reason: 'to see it refused' },
    }),
    answers: 410, // nothing that was asked
  },
  'accounts.listApprovals': none,
  'accounts.decideApproval': {
    call: async world => ({ params: { approvalId: await newQuestion(world) }, body: { decision: 'approve' } }),
  },
}

async function newColleague(world: World) {
  const admin = await world.api('admin')
  const { id } = await admin.call(inviteStaff, {
    body: { name: 'Colleague', email: freshEmail(), roles: ['sales'], language: 'en' },
  })
  return admin.call(getStaffMember, { params: { accountId: id } })
}

async function newInvitation(world: World) {
  await makeRoom(world)
  const admin = await world.api('admin')
  return admin.call(inviteColleague, { params: { companyId: world.own.id }, body: { email: freshEmail(), language: 'en' } })
}

/** A company has only so many open invitations, and one place sends only so many. */
async function makeRoom({ database }: World): Promise<void> {
  await database.pool.query('delete from company_invitation')
  await database.pool.query('delete from sign_in_throttle')
}

const walked = 'made while walking'

/** A key of the member, in place of the last one: a person may have so many and no more. */
async function newKey({ own, database, request }: World): Promise<string> {
  await database.pool.query('delete from api_key where person_id = $1 and name = $2', [own.member.id, walked])
  const body = { name: walked, scopes: ['company.read-own' as const], days: 1 }
  return (await confirmingApi({ request }, own.member.visitor).call(makeApiKey, { body })).id
}

/** What any staff may decide, asked by somebody who is none of them. */
async function newQuestion({ database, platform, own }: World): Promise<string> {
  const words = JSON.stringify({ what: { 'zh-CN': '试', en: 'Try' }, reason: 'to see who may decide' })
  const sealed = await database.transaction(() => platform.vault.sealFor(own.admin.id, words, 'confirmation.words'))
  const { rows } = await database.pool.query(
    `insert into confirmation (id, account_id, session_id, operation, target, request_hash, words, method, token_hash, proved_at,
      second_permission, status, created_at)
    values (gen_random_uuid(), $1, '', 'try', 'try', '', $2, 'password', gen_random_uuid(), now(), 'approval.read', 'waiting', now())
    returning id`,
    [own.admin.id, sealed],
  )
  return rows[0].id
}

/** Somebody more in the company; written directly, since signing up is slowed down. */
async function newMember({ database, own }: World): Promise<string> {
  const { rows } = await database.pool.query(
    `with twin as (
      insert into person (id, kind, name, email, email_digest, email_verified, language, created_at, updated_at)
      select gen_random_uuid(), kind, name, email, gen_random_uuid()::text, true, language, now(), now() from person where id = $1
      returning id
    )
    insert into company_member (id, company_id, person_id, role, created_at)
    select gen_random_uuid(), $2, id, 'member', now() from twin returning person_id`,
    [own.member.id, own.id],
  )
  return rows[0].person_id
}
