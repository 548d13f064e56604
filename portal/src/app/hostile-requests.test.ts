import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint } from '#platform/core'
import { createLog, route } from '#platform/server'
import { runHostile } from '../../test/hostile-run.ts'
import { hostileWorld } from '../../test/hostile-world.ts'
import { testPortal } from '../../test/test-portal.ts'
import { twoCompanies } from '../../test/two-companies.ts'

// `npm run bench -- hostile` sends more, and other ones
const requests = Number(process.env.HOSTILE_REQUESTS ?? 5_000)
const seed = Number(process.env.HOSTILE_SEED ?? 20_261_125)

const portal = await testPortal()

test(`${requests.toLocaleString('en')} random and hostile requests: no 5xx, no hang, nothing of the inside, every answer as its schema says`, async () => {
  const world = await twoCompanies(portal)
  const { statuses, complaints, slowest, reached } = await runHostile({
    ...(await hostileWorld(world)),
    requests,
    seed,
  })
  const { HOSTILE_REPORT: report } = process.env
  if (report)
    writeFileSync(
      report,
      JSON.stringify({ statuses: [...statuses], complaints: [...complaints], slowest, reached: reached.size }),
    )
  expect(Object.fromEntries(complaints)).toEqual({})
  // a test that only meets refusals would prove little
  expect(statuses.get(200)).toBeGreaterThan(requests / 20)
  expect(reached.size).toBeGreaterThan(25)
}, 3_600_000)

test('an operation that fails, leaks and answers what it does not announce would be found', async () => {
  const careless = await testPortal({
    log: createLog('silent'),
    features: [
      {
        name: 'careless',
        routes: [
          route(
            endpoint({
              id: 'careless.fail',
              method: 'POST',
              path: '/fail',
              summary: 'Fails',
              access: 'public',
              body: z.object({ a: z.string() }),
            }),
            async () => {
              throw new Error('inside')
            },
          ),
          route(
            endpoint({
              id: 'careless.tell',
              method: 'GET',
              path: '/tell',
              summary: 'Tells',
              access: 'public',
              result: z.object({ a: z.string() }),
            }),
            async () => ({
              a: 'duplicate key in node_modules',
            }),
          ),
        ],
      },
    ],
  })
  const document = (await (await careless.request('/api/openapi.json')).json()) as never
  const { complaints } = await runHostile({
    document,
    requests: 100,
    seed,
    visitors: [],
    foreignToAll: [],
    known: {},
    secrets: [],
    send: careless.request,
  })
  expect([...complaints.keys()].sort()).toEqual(['careless.fail answers 500', 'careless.tell shows its inside: duplicate key'])
})
