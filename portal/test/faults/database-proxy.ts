import { connect, createServer, type Socket } from 'node:net'

/** A way to the database that can be cut, or fall silent, as networks and servers do. */
export interface DatabaseProxy {
  /** the database's address by way of the proxy */
  url: string
  /** pass: as if it were not there. refuse: every connection breaks and none is taken. silent: connections stay, and nothing passes */
  become(state: 'pass' | 'refuse' | 'silent'): Promise<void>
  /** how often something was asked after an answer, of all connections */
  turns(): number
  close(): Promise<void>
}

export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl)
  const pairs = new Set<[Socket, Socket]>()
  let [silent, turns] = [false, 0]
  const server = createServer(incoming => {
    const outgoing = connect(Number(target.port), target.hostname)
    const pair: [Socket, Socket] = [incoming, outgoing]
    let answered = true
    incoming.on('data', () => {
      if (answered) turns++
      answered = false
    })
    outgoing.on('data', () => {
      answered = true
    })
    pairs.add(pair)
    for (const [from, to] of [pair, pair.toReversed() as typeof pair]) {
      from.on('error', () => {})
      from.on('data', data => to.write(data))
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
      if (silent) from.pause()
    }
  })
  const listen = (port: number) => new Promise<void>(resolve => void server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as { port: number }
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }
  const stopListening = () => new Promise<void>(resolve => (server.listening ? void server.close(() => resolve()) : resolve()))
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return {
    url: url.href,
    turns: () => turns,
    async become(state) {
      silent = state === 'silent'
      for (const pair of pairs) for (const socket of pair) silent ? socket.pause() : socket.resume()
      if (state === 'refuse') {
        const stopped = stopListening()
        cut()
        await stopped
      } else if (!server.listening) await listen(port)
    },
    async close() {
      const stopped = stopListening()
      cut()
      await stopped
    },
  }
}
