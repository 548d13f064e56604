import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Platform } from '#platform/server'
import { isBreached } from './breached-passwords.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server that answers by the range protocol, or as told; what it was asked and what was logged. */
async function rangeServer(answer: RequestListener) {
  const asked: { path: string; padding: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url!, padding: request.headers['add-padding'] as string | undefined })
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  const warnings: unknown[] = []
  const platform = {
    config: { passwordBreachUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/range` },
    log: { warn: (...line: unknown[]) => warnings.push(line) },
  } as unknown as Platform
  return { platform, asked, warnings }
}

const leaks = new Map([['correct horse battery', 4711]])
const hashOf = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()

/** Every leak behind the asked prefix, and padding. */
const honest: RequestListener = (request, response) => {
  const prefix = request.url!.split('/').at(-1)!
  const lines = [...leaks].map(([text, count]) => [hashOf(text), count] as const).filter(([hash]) => hash.startsWith(prefix))
  response.end([...lines.map(([hash, count]) => `${hash.slice(5)}:${count}`), `${'0'.repeat(35)}:0`].join('\r\n'))
}

test('a leaked password is found though only five digits of its hash are told', async () => {
  const { platform, asked } = await rangeServer(honest)
  expect(await isBreached(platform, 'correct horse battery')).toBe(true)
  expect(await isBreached(platform, 'another horse battery')).toBe(false)
  expect(asked[0]).toEqual({ path: `/range/${hashOf('correct horse battery').slice(0, 5)}`, padding: 'true' })
})

test('padding is no leak', async () => {
  const suffix = hashOf('padded password here').slice(5)
  const { platform } = await rangeServer((_, response) => response.end(`${suffix}:0\r\n`))
  expect(await isBreached(platform, 'padded password here')).toBe(false)
})

test.each([
  ['an error', ((_, response) => response.writeHead(503).end()) as RequestListener],
  ['a redirect', ((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()) as RequestListener],
  ['a cut connection', ((request, _) => request.socket.destroy()) as RequestListener],
])('%s keeps nobody from setting a password, and is logged without it', async (_, answer) => {
  const { platform, warnings } = await rangeServer(answer)
  expect(await isBreached(platform, 'correct horse battery')).toBe(false)
  expect(warnings).toHaveLength(1)
  expect(JSON.stringify(warnings)).not.toContain('correct')
})

test('nobody is asked where no server is set', async () => {
  const platform = { config: { passwordBreachUrl: null } } as Platform
  expect(await isBreached(platform, 'correct horse battery')).toBe(false)
})
