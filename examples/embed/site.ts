import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Wish {
  /** address of the portal */
  portal: string
  /** an API key with the permission to see machines: it stays on this server */
  key: string
  /** 0: any that is free */
  port?: number
}

const files: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/site.css': { file: 'site.css', type: 'text/css; charset=utf-8' },
  '/site.js': { file: 'site.js', type: 'text/javascript; charset=utf-8' },
}

/** A site that is not the portal, whose pages show machines. Two things make it so: a script in its page, and `giveToken` on its server. */
export async function openSite({ portal: address, key, port = 0 }: Wish): Promise<{ url: string; close(): Promise<void> }> {
  const portal = new URL(address).origin
  let url = ''
  const server = createServer((request, response) => {
    answer(request, response).catch(error => {
      console.error(error)
      response.writeHead(502).end()
    })
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url)
    if (request.method === 'POST' && pathname === '/machine-token') return giveToken(request, response)
    const found = files[pathname]
    if (!found) return void response.writeHead(404).end()
    const text = await readFile(new URL(`pages/${found.file}`, import.meta.url), 'utf8')
    response.writeHead(200, { 'content-type': found.type, 'content-security-policy': policy })
    response.end(text.replaceAll('{{portal}}', portal))
  }

  /** What the page may load and ask: its own files, and the portal. No inline styles, no frames, no markup from text. */
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${portal}`,
    `connect-src 'self' ${portal}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

  /**
   * Gives a page of this site a token for some minutes. A real site asks first who is signed in, and which machines he may see here:
   * whoever gets the token sees them.
   */
  async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.origin !== url) return void response.writeHead(403).end()
    const { device } = JSON.parse(await bodyOf(request)) as { device: string | null }
    const given = await fetch(`${portal}/api/v1/embed-tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ origin: url, machines: device === null ? 'all' : [device] }),
    })
    if (!given.ok) console.error(`The portal gives no token: ${given.status} ${await given.text()}`)
    if (!given.ok) return void response.writeHead(given.status).end()
    const { token } = (await given.json()) as { token: string }
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify({ token }))
  }

  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  url = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    url,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const longest = 10_000

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > longest) throw new Error('The body is too long')
  }
  return text
}
