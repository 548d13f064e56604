import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request as plain } from 'node:http'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { freePort, testPortal } from '../../../test/test-portal.ts'
import { createLog } from './log.ts'
import { createPortalServer } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))
const files = { cert: join(folder, 'portal.crt'), key: join(folder, 'portal.key') }

async function makeCertificate(name: string) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
  })
  return { cert, key }
}

/** As renewal programs do it: a file takes the place of the one before at once. */
function place({ cert, key }: { cert: string; key: string }): void {
  for (const [file, text] of [
    [files.key, key],
    [files.cert, cert],
  ] as const) {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
}

place(await makeCertificate('first.example'))
const redirectPort = await freePort()
const { portal } = await testPortal({
  features: [accounts],
  log: createLog('silent'),
  config: { publicUrl: 'https://localhost:0', port: 0, tls: { ...files, minVersion: 'TLSv1.3', redirectPort } },
})
const port = Number(new URL(await portal.listen()).port)

/** Speaks TLS with the portal; what it shows, or why not. */
function shake(options: object = {}): Promise<{ protocol: string | null; name: string; socket: TLSSocket }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
      resolve({
        protocol: socket.getProtocol(),
        name: String((socket.getPeerCertificate() as PeerCertificate).subject.CN),
        socket,
      })
    })
    socket.on('error', reject)
  })
}

function ask(agent: Agent, path: string): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, agent, rejectUnauthorized: false }, answer => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers }))
    })
      .on('error', reject)
      .end()
  })
}

test('the portal speaks TLS 1.3, refuses older versions, and tells browsers to stay with it', async () => {
  const { protocol, socket } = await shake()
  expect(protocol).toBe('TLSv1.3')
  socket.destroy()
  await expect(shake({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })).rejects.toThrow(/version/i)
  const { status, headers } = await ask(new Agent(), '/healthz')
  expect(status).toBe(200)
  expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
})

test('a renewed certificate is shown to new connections, and those there are go on', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  expect((await ask(agent, '/healthz')).status).toBe(200)
  place(await makeCertificate('second.example'))
  const shown = async () => {
    const { name, socket } = await shake()
    socket.destroy()
    return name
  }
  await expect.poll(shown, { timeout: 15_000, interval: 200 }).toBe('second.example')
  const before = Object.values(agent.freeSockets).flat()[0] as TLSSocket
  expect(before.getPeerCertificate().subject.CN).toBe('first.example')
  expect((await ask(agent, '/healthz')).status).toBe(200)
  expect(Object.values(agent.freeSockets).flat()).toEqual([before])
  agent.destroy()

  writeFileSync(files.cert, 'not a certificate')
  expect(await shown()).toBe('second.example')
})

function askPlainly(path: string, method = 'GET'): Promise<{ status: number; location?: string; type?: string }> {
  return new Promise((resolve, reject) => {
    const sent = plain(
      { port: redirectPort, host: '127.0.0.1', path, method, headers: { host: 'evil.example' } },
      async answer => {
        const { type } = JSON.parse((await text(answer)) || '{}') as { type?: string }
        resolve({ status: answer.statusCode!, location: answer.headers.location, type })
      },
    )
    sent.on('error', reject).end()
  })
}

test('a page asked for by plain HTTP is led to the public address, whatever the request calls itself', async () => {
  expect(await askPlainly('/products?a=1')).toEqual({ status: 308, location: 'https://localhost:0/products?a=1' })
})

test('a program that calls the API by plain HTTP is refused, not led on', async () => {
  for (const [path, method] of [
    ['/api/v1/me', 'GET'],
    ['/api?a=1', 'GET'],
    ['/sign-in', 'POST'],
  ] as const)
    expect(await askPlainly(path, method), path).toEqual({ status: 403, type: '/problems/https-needed' })
})

test('a certificate that cannot be used stops the start with one sentence', async () => {
  const [one, other] = [await makeCertificate('one.example'), await makeCertificate('other.example')]
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const start = (cert: string, key: string) => () =>
    createPortalServer(
      { ...portal.platform.config, tls: { cert, key, minVersion: 'TLSv1.3', redirectPort: null } },
      {},
      createLog('silent'),
    )
  expect(start(file('a', one.cert), file('b', other.key))).toThrow(
    'TLS_CERT and TLS_KEY: the key is not that of the certificate.',
  )
  expect(start(join(folder, 'none'), file('b', other.key))).toThrow(/^TLS_CERT: ".+none" cannot be read \(ENOENT\)/)
  expect(start(file('c', 'nothing'), file('b', other.key))).toThrow(/^TLS_CERT and TLS_KEY: .+\. Name a certificate in PEM/)
})
