import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { testPortal } from '../../../test/test-portal.ts'
import { connectionLimits, guardConnections } from './http-connections.ts'

const { portal } = await testPortal({
  features: [accounts],
  pages: async () => ({
    pages: {
      assets: null,
      // an answer far larger than what the system keeps for a reader
      render: async () => new Response(new Uint8Array(30_000_000).fill(65), { headers: { 'content-type': 'text/html' } }),
    },
  }),
})

/** The portal behind limits as short as a test can wait. */
const server = createServer({ ...connectionLimits, headersTimeout: 300, requestTimeout: 60_000, connectionsCheckingInterval: 50 })
const endWatch = guardConnections(server, { patienceMs: 200, everyMs: 50, slowest: 10_000_000, most: 40 })
const port = await open(server)
afterAll(() => {
  endWatch()
  server.closeAllConnections()
  server.close()
})

function open(one: Server): Promise<number> {
  one.on('request', getRequestListener(portal.http.app.fetch))
  return new Promise(resolve => one.listen(0, '127.0.0.1', () => resolve((one.address() as { port: number }).port)))
}

/** A raw connection; `ended` tells what came until the portal ended it. */
function visitor(): { socket: Socket; ended: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  const heard: Buffer[] = []
  socket.on('data', chunk => heard.push(chunk))
  const ended = new Promise<string>(resolve => {
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(heard).toString()))
  })
  return { socket, ended }
}

test('headers that drip in are not waited for', async () => {
  const { socket, ended } = visitor()
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n')
  const dripping = setInterval(() => socket.write('X-Drip: 1\r\n'), 50)
  expect(await ended).toMatch(/^HTTP\/1\.1 408 /)
  clearInterval(dripping)
})

test('a body that drips in is cut off', async () => {
  const { socket, ended } = visitor()
  socket.write(
    'POST /api/v1/auth/sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
  )
  const dripping = setInterval(() => socket.write(' '), 50)
  expect(await ended).not.toContain('200 OK')
  clearInterval(dripping)
})

test('an answer that nobody reads is not kept waiting for ever', async () => {
  const { socket, ended } = visitor()
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
  await new Promise(resolve => socket.once('data', resolve))
  socket.pause()
  await new Promise<void>(resolve => {
    const looking = setInterval(async () => {
      if ((await connections()) > 0) return
      clearInterval(looking)
      resolve()
    }, 50)
  })
  socket.resume()
  expect((await ended).length).toBeLessThan(30_000_000)
})

const connections = () => new Promise<number>(resolve => server.getConnections((_, count) => resolve(count)))

test('one connection after another than the process keeps is closed at once, and a free place is taken again', async () => {
  const crowd = Array.from({ length: 60 }, visitor)
  const closed = await Promise.race([Promise.all(crowd.slice(40).map(({ ended }) => ended)), refusedCount(crowd)])
  expect(closed).toBeTruthy()
  for (const { socket } of crowd) socket.destroy()
  while ((await connections()) > 0) await new Promise(setImmediate)
  const { socket, ended } = visitor()
  socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(await ended).toMatch(/^HTTP\/1\.1 200 /)
})

const refusedCount = (crowd: { ended: Promise<string> }[]) =>
  new Promise<number>(resolve => {
    let refused = 0
    for (const { ended } of crowd) void ended.then(() => ++refused === 20 && resolve(refused))
  })

test('headers of more than 16 KiB and more than a hundred headers are refused', async () => {
  for (const headers of [`X-Long: ${'x'.repeat(17_000)}\r\n`, Array.from({ length: 120 }, (_, i) => `X-${i}: 1\r\n`).join('')]) {
    const { socket, ended } = visitor()
    socket.write(`GET /api/v1/me HTTP/1.1\r\nHost: a\r\n${headers}Connection: close\r\n\r\n`)
    expect(await ended).toMatch(/^HTTP\/1\.1 431 /)
  }
})

test.each([
  ['two lengths', 'Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}'],
  ['a length beside chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a length that is no number', 'Content-Length: 2x\r\n\r\n{}'],
  ['a header folded over two lines', 'X-Folded: a\r\n b\r\n\r\n'],
  ['a bare line feed', 'X-Bare: a\nX-Other: b\r\n\r\n'],
])('a request of %s is not guessed at', async (_, rest) => {
  const { socket, ended } = visitor()
  socket.write(`POST /api/v1/auth/sign-out HTTP/1.1\r\nHost: a\r\n${rest}`)
  expect(await ended).toMatch(/^HTTP\/1\.1 400 /)
})

test('TRACE echoes nothing', async () => {
  for (const path of ['/', '/api/v1/me']) {
    const { socket, ended } = visitor()
    socket.write(`TRACE ${path} HTTP/1.1\r\nHost: a\r\nX-Secret: echo me\r\nConnection: close\r\n\r\n`)
    const answer = await ended
    expect(answer).toMatch(/^HTTP\/1\.1 (4|501)/)
    expect(answer).not.toContain('echo me')
  }
})
