import { createServer, type RequestListener } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { createOutgoing, isPrivate, OutgoingRefused } from './outgoing.ts'

const heard: string[] = []
const server = createServer((request, response) => {
  heard.push(`${request.headers.host} ${request.url} ${request.headers.authorization ?? ''}`.trim())
  answers[new URL(request.url!, 'http://a').pathname]?.(request, response)
})
const answers: Record<string, RequestListener> = {
  '/hello': (_, response) => response.end('hello'),
  '/endless': (_, response) => {
    const writing = setInterval(() => response.write('x'.repeat(10_000)), 1)
    response.on('close', () => clearInterval(writing))
  },
  '/silent': () => {},
  '/to-hello': (_, response) => response.writeHead(302, { location: '/hello' }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/to-other-name': (_, response) => response.writeHead(302, { location: `http://other.example:${port}/hello` }).end(),
  '/to-metadata': (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/to-inner': (_, response) => response.writeHead(307, { location: '//inner.example/' }).end(),
  '/to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
}
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as { port: number }
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here = async () => [{ address: '127.0.0.1', family: 4 }]
const strict = createOutgoing({ allowPrivate: false, resolve: here })
const lenient = createOutgoing({ allowPrivate: true, resolve: here })
const reasonOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    error => (error instanceof OutgoingRefused ? error.reason : `threw ${error}`),
  )

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://0/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://192.168.1.1/',
  'https://localhost/',
  'https://example.com.local/',
])('%s is not called: it is of this machine or a private network', async url => {
  const before = heard.length
  expect(await reasonOf(strict(url))).toBe('private')
  expect(heard.length).toBe(before)
})

test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'javascript:1',
  'https://user:pass@example.com/',
  'example.com',
  '',
])('“%s” is no address to call', async url => {
  expect(await reasonOf(strict(url))).toBe('address')
})

test('a name with one public and one private address is not called', async () => {
  const resolve = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ]
  expect(await reasonOf(createOutgoing({ allowPrivate: false, resolve })('https://twofold.example/'))).toBe('private')
})

test('the connection goes to the address that was looked at, under the name that was typed, resolved once', async () => {
  let asked = 0
  const resolve = async () => {
    asked++
    return here()
  }
  const call = createOutgoing({ allowPrivate: true, resolve })
  const answer = await call(`http://hooks.example:${port}/hello`)
  expect([answer.status, answer.body.toString(), asked]).toEqual([200, 'hello', 1])
  expect(heard.at(-1)).toBe(`hooks.example:${port} /hello`)
})

test('a redirect is followed by GET, looked at like the first address, and carries no secret to another name', async () => {
  const headers = { authorization: 'Bearer secret' }
  expect((await lenient(`http://a.example:${port}/to-hello`, { headers })).body.toString()).toBe('hello')
  expect(heard.at(-1)).toBe(`a.example:${port} /hello Bearer secret`)
  await lenient(`http://a.example:${port}/to-other-name`, { headers })
  expect(heard.at(-1)).toBe(`other.example:${port} /hello`)
  expect(await reasonOf(lenient(`http://a.example:${port}/to-file`))).toBe('address')
  expect(await reasonOf(lenient(`http://a.example:${port}/round`))).toBe('redirect')
  expect(await reasonOf(lenient(`http://a.example:${port}/to-hello`, { method: 'POST', body: '{}' }))).toBe('redirect')
})

test('a redirect into a private network ends there, by its address and by a name that has it', async () => {
  const resolve = async (host: string) => (host === 'inner.example' ? [{ address: '169.254.169.254', family: 4 }] : here())
  const call = createOutgoing({ allowPrivate: true, resolve, forbids: address => address.startsWith('169.254.') })
  expect(await reasonOf(call(`http://public.example:${port}/to-metadata`))).toBe('private')
  expect(await reasonOf(call(`http://public.example:${port}/to-inner`))).toBe('private')
})

test('an answer too large and an answer too late are given up', async () => {
  expect(await reasonOf(lenient(`http://a.example:${port}/endless`, { mostBytes: 50_000 }))).toBe('too-large')
  expect(await reasonOf(lenient(`http://a.example:${port}/silent`, { withinMs: 100 }))).toBe('too-late')
})

test.each(['93.184.216.34', '2606:2800:220:1::1', '8.8.8.8', '172.32.0.1', '100.128.0.1'])('%s is anybody’s', address => {
  expect(isPrivate(address)).toBe(false)
})
