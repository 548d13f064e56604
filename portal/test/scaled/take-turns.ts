import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Turns {
  /** http://localhost:port */
  address: string
  /** where requests go from now on, by turns */
  give(addresses: readonly string[]): void
  stop(): Promise<void>
}

/** What stands before several portals: each request goes to the next one, whatever was before, so that none can rely on what it remembers. */
export async function takeTurns(): Promise<Turns> {
  let targets: readonly string[] = []
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const target = targets[turn++ % targets.length]
    if (!target) return void outgoing.writeHead(503).end()
    const { method, headers, url } = incoming
    const onward = request(new URL(url ?? '/', target), { method: method ?? 'GET', headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0)
  await once(server, 'listening')
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    give(addresses) {
      targets = addresses
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
