import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint, type Problem, ProblemError } from '#platform/core'
import { route, type ServerFeature } from '#platform/server'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import {
  type ConfirmationNeeded,
  confirm,
  confirmationMoves,
  confirmationStatuses,
  decideApproval,
  listApprovals,
} from '../core/index.ts'
import { accounts } from './index.ts'

const scrap = endpoint({
  id: 'workshop.scrap',
  method: 'POST',
  path: '/benches/{benchId}/scrap',
  summary: 'Scrap a bench; a large one needs a second person',
  access: { staff: 'bench.scrap' },
  confirm: true,
  params: z.object({ benchId: z.string() }),
  body: z.object({ length: z.number(), fails: z.boolean().default(false) }),
  status: 201,
  result: z.object({ benchId: z.string(), reason: z.string(), approvedBy: z.string().nullable() }),
})
const scrapped: string[] = []
const workshop: ServerFeature = {
  name: 'workshop',
  permissions: { 'bench.scrap': ['sales', 'service'] },
  routes: [
    route(
      scrap,
      async ({ params, body }, { confirmed }) => {
        if (body.fails) throw new Error('the saw is broken')
        scrapped.push(params.benchId)
        return { ...params, reason: confirmed?.reason ?? '', approvedBy: confirmed?.approvedBy ?? null }
      },
      async ({ params, body }) => {
        if (body.length < 10) return null
        const what = { 'zh-CN': `报废 ${params.benchId}`, en: `Scrap ${params.benchId}` }
        // whoever may look after companies may judge benches, too
        return { what, target: params.benchId, ...(body.length > 1000 ? { second: 'company.manage' } : {}) }
      },
    ),
  ],
}

const portal = await testPortal({ features: [accounts, workshop] })
const { api, database, request, mails } = portal
const password = 'fettle-demo-2026'
await portal.newSession('service') // so that the demo's people are there

const call = (as: Visitor, benchId: string, body: { length: number; fails?: boolean }, confirmation?: string) =>
  request(
    `/api/v1/benches/${benchId}/scrap`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en', ...(confirmation ? { confirmation } : {}) },
      body: JSON.stringify(body),
    },
    as,
  )
const neededFor = async (answer: Response): Promise<ConfirmationNeeded> => {
  expect(answer.status).toBe(403)
  const problem = (await answer.json()) as Problem & { confirmation: ConfirmationNeeded }
  expect(problem.type).toBe('/problems/confirmation-needed')
  return problem.confirmation
}
const proveBy = async (as: Visitor, needed: ConfirmationNeeded, typed = password) =>
  (await api(as)).call(confirm, {
    body: { request: needed.request, proof: { method: 'password', password: typed }, reason: 'it wobbles' },
  })
const typeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    thrown => thrown,
  )
  return error instanceof ProblemError ? error.problem.type : error
}

test('a call below the threshold goes without a confirmation', async () => {
  expect((await call('sales', 'small', { length: 5 })).status).toBe(201)
})

test('the refusal names what will be done and how to confirm it; the token then works once, for that request only', async () => {
  const needed = await neededFor(await call('sales', 'bench-1', { length: 20 }))
  expect(needed).toMatchObject({
    what: 'Scrap bench-1',
    operation: 'workshop.scrap',
    target: 'bench-1',
    methods: ['password'],
    secondPerson: 'not-needed',
  })
  const { token, status } = await proveBy('sales', needed)
  expect(status).toBe('ready')
  await neededFor(await call('sales', 'bench-1', { length: 21 }, token))
  await neededFor(await call('sales', 'bench-2', { length: 20 }, token))
  await neededFor(await call('service', 'bench-1', { length: 20 }, token))
  const done = await call('sales', 'bench-1', { length: 20 }, token)
  expect([done.status, await done.json()]).toEqual([201, { benchId: 'bench-1', reason: 'it wobbles', approvedBy: null }])
  await neededFor(await call('sales', 'bench-1', { length: 20 }, token))
})

test('another session of the same person cannot use the token', async () => {
  const { token } = await proveBy('sales', await neededFor(await call('sales', 'bench-3', { length: 20 })))
  const cookie = await portal.newSession('sales')
  const headers = { 'content-type': 'application/json', cookie, confirmation: token }
  const answer = await request('/api/v1/benches/bench-3/scrap', { method: 'POST', headers, body: '{"length":20}' })
  await neededFor(answer)
})

test('a token is worthless after five minutes', async () => {
  const { token } = await proveBy('sales', await neededFor(await call('sales', 'bench-4', { length: 20 })))
  await database.pool.query("update confirmation set proved_at = proved_at - interval '5 minutes' where target = 'bench-4'")
  await neededFor(await call('sales', 'bench-4', { length: 20 }, token))
})

test('what fails does not spend the token', async () => {
  const { token } = await proveBy('sales', await neededFor(await call('sales', 'bench-5', { length: 20, fails: true })))
  expect((await call('sales', 'bench-5', { length: 20, fails: true }, token)).status).toBe(500)
  expect((await call('sales', 'bench-5', { length: 20, fails: true }, token)).status).toBe(500)
})

test('of the same token used many times at once, one call is done', async () => {
  const { token } = await proveBy('sales', await neededFor(await call('sales', 'bench-6', { length: 20 })))
  const answers = await Promise.all(Array.from({ length: 5 }, () => call('sales', 'bench-6', { length: 20 }, token)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403])
  expect(scrapped.filter(id => id === 'bench-6')).toEqual(['bench-6'])
})

test('a wrong password is refused and noted; a request of somebody else or altered is outdated', async () => {
  const needed = await neededFor(await call('service', 'bench-7', { length: 20 }))
  expect(await typeOf(proveBy('service', needed, 'not this one'))).toBe('/problems/proof-refused')
  const { rows } = await database.pool.query("select outcome from audit_entry where action = 'confirmation.refused'")
  expect(rows).toEqual([{ outcome: 'refused' }])
  expect(await typeOf(proveBy('sales', needed))).toBe('/problems/confirmation-outdated')
  const altered = { ...needed, request: `${needed.request.slice(0, -4)}AAAA` }
  expect(await typeOf(proveBy('service', altered))).toBe('/problems/confirmation-outdated')
})

test('the log says who confirmed what, by which method, and keeps the reason sealed', async () => {
  const { rows } = await database.pool.query(
    "select changes, personal::text from audit_entry where action = 'confirmation.used' and target_id = 'bench-1'",
  )
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows[0].changes)).toContain('not-needed')
  expect(JSON.stringify(rows[0])).not.toContain('wobbles')
  const { rows: kept } = await database.pool.query('select words from confirmation')
  expect(JSON.stringify(kept)).not.toContain('wobbles')
})

test('above the threshold a second person who could do it has to approve; the first keeps his token', async () => {
  const asking = await call('sales', 'long', { length: 2000 })
  const needed = await neededFor(asking)
  expect(needed).toMatchObject({ secondPerson: 'needed', earlier: null })
  const { id, token, status } = await proveBy('sales', needed)
  expect(status).toBe('waiting')
  expect(await neededFor(await call('sales', 'long', { length: 2000 }, token))).toMatchObject({ earlier: 'waiting' })

  const service = await api('service')
  const { items } = await service.call(listApprovals, {})
  expect(items).toMatchObject([{ id, mine: false, reason: 'it wobbles', what: { en: 'Scrap long' }, status: 'waiting' }])
  expect((await mails()).filter(mail => mail.subject.includes('等待您批准')).map(mail => mail.to)).toContain(
    'service@zhizao.example',
  )

  const decision = { params: { approvalId: id }, body: { decision: 'approve' as const } }
  expect(await typeOf((await api('sales')).call(decideApproval, decision))).toBe('/problems/not-found')
  expect(await typeOf((await api('product')).call(decideApproval, decision))).toBe('/problems/not-found')
  expect(await typeOf(service.call(decideApproval, decision))).toBe('/problems/confirmation-needed')
  expect(await confirmingApi(portal, 'service').call(decideApproval, decision)).toMatchObject({ status: 'approved' })
  expect(await typeOf(service.call(decideApproval, decision))).toBe('/problems/already-decided')

  const done = await call('sales', 'long', { length: 2000 }, token)
  expect(await done.json()).toMatchObject({ benchId: 'long', approvedBy: expect.any(String) })
  expect((await (await api('sales')).call(listApprovals, {})).items).toMatchObject([{ id, mine: true, status: 'used' }])
})

test('an approval that comes later is kept for the same request; only the proof is asked again', async () => {
  const { id } = await proveBy('sales', await neededFor(await call('sales', 'later', { length: 3000 })))
  await confirmingApi(portal, 'service').call(decideApproval, { params: { approvalId: id }, body: { decision: 'approve' } })
  const again = await neededFor(await call('sales', 'later', { length: 3000 }))
  expect(again.earlier).toBe('approved')
  const { id: same, token, status } = await proveBy('sales', again)
  expect([same, status]).toEqual([id, 'approved'])
  expect((await call('sales', 'later', { length: 3000 }, token)).status).toBe(201)
})

test('a declined request stays undone', async () => {
  const { id, token } = await proveBy('sales', await neededFor(await call('sales', 'beloved', { length: 4000 })))
  await confirmingApi(portal, 'service').call(decideApproval, { params: { approvalId: id }, body: { decision: 'decline' } })
  await neededFor(await call('sales', 'beloved', { length: 4000 }, token))
  expect(scrapped).not.toContain('beloved')
})

test('where nobody else could approve it goes with one, and the log says so', async () => {
  await database.pool.query(
    "update person set email_verified = false where id in (select person_id from staff_role where role in ('admin', 'service'))",
  )
  const needed = await neededFor(await call('sales', 'lonely', { length: 5000 }))
  expect(needed.secondPerson).toBe('nobody-else')
  const { token, status } = await proveBy('sales', needed)
  expect(status).toBe('ready')
  expect((await call('sales', 'lonely', { length: 5000 }, token)).status).toBe(201)
  const { rows } = await database.pool.query("select changes::text from audit_entry where target_id = 'lonely'")
  expect(rows[0].changes).toContain('nobody-else')
})

test('a confirmation moves only as its table says, and ends', () => {
  for (const status of confirmationStatuses)
    for (const next of confirmationMoves[status]) expect(confirmationStatuses).toContain(next)
  expect(confirmationStatuses.filter(status => confirmationMoves[status].length === 0)).toEqual(['declined', 'used'])
  expect(confirmationStatuses.filter(status => confirmationMoves[status].includes('used'))).toEqual(['ready', 'approved'])
})
