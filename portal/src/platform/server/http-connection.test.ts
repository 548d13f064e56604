import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { testPortal } from '../../../test/test-portal.ts'

const workshop = { name: 'workshop', permissions: { 'bench.read': ['service'] }, topics: { benches: { staff: 'bench.read' } } }
const { request, platform, portal } = await testPortal({ features: [accounts, workshop] })

test('one account opens a bounded number of streams, and a closed one makes room', async () => {
  const open: Response[] = []
  const listen = () => request('/api/v1/live?topics=benches', {}, 'service')
  for (let next = await listen(); ; next = await listen()) {
    if (next.status !== 200) {
      expect([next.status, next.headers.has('retry-after')]).toEqual([429, true])
      break
    }
    open.push(next)
  }
  expect(open.length).toBe(30)
  expect((await request('/api/v1/live?topics=benches', {}, 'admin')).status).toBe(200)
  for (const stream of open) await stream.body!.cancel()
  const again = await listen()
  expect(again.status).toBe(200)
  await again.body!.cancel()
})

test('a change reaches the listening browser as topic and id, and draining ends the stream', async () => {
  const stream = await request('/api/v1/live?topics=benches', {}, 'service')
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  await reader.read()
  await platform.live.publish('benches', 'b-7')
  expect((await reader.read()).value).toBe('event: change\ndata: {"topic":"benches","id":"b-7"}\n\n')
  portal.http.drain()
  expect((await reader.read()).done).toBe(true)
  expect((await request('/readyz')).status).toBe(503)
})

const server = createServer(getRequestListener(portal.http.app.fetch))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as { port: number }
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('over a real connection a body of 10 MB gets its answer and the connection ends', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'x'.repeat(10_000_000) }),
  })
  expect(answer.status).toBe(413)
  expect(((await answer.json()) as { type: string }).type).toBe('/problems/body-too-large')
})

test('an answer is compressed for who takes it so', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/api/openapi.json`, { headers: { 'accept-encoding': 'gzip' } })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(((await answer.json()) as { openapi: string }).openapi).toBe('3.1.0')
})
