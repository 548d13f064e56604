import type { IncomingMessage, Server, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'

/** For `createServer`: how long a sender may take for headers and for the whole request. 20 MB at 1 Mbit/s take 160 s. */
export const connectionLimits = {
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
} as const satisfies ServerOptions

export interface ConnectionOptions {
  /** open connections of this process; more are closed as they come. Default 2,000 */
  most?: number
  /** bytes per second: who sends or reads more slowly for long is cut off. Default 1,024 */
  slowest?: number
  /** ms before anybody is called slow. Default 10,000 */
  patienceMs?: number
  /** ms between two looks. Default 2,000 */
  everyMs?: number
}

/** What is known of one connection. Times in ms. */
interface Watched {
  request: IncomingMessage | null
  requestAt: number
  /** socket.bytesRead when the request began */
  readBefore: number
  /** when the reader has to have taken what is waiting for him; null: nothing is waiting */
  readBy: number | null
  pending: number
}

/**
 * Cuts off who holds a connection without using it: a body that drips, an answer that nobody reads. What is waiting to be read would
 * otherwise stay in memory as long as the reader likes. Returns the function that ends the watch.
 */
export function guardConnections(server: Server, options: ConnectionOptions = {}): () => void {
  const { most = 2000, slowest = 1024, patienceMs = 10_000, everyMs = 2000 } = options
  const watched = new Map<Socket, Watched>()
  server.maxConnections = most
  server.maxRequestsPerSocket = 10_000
  server.on('connection', watch)
  server.on('secureConnection', watch) // what HTTPS hands to requests is the socket that speaks TLS
  server.on('request', (request: IncomingMessage) => {
    const known = watched.get(request.socket)
    if (known) Object.assign(known, { request, requestAt: performance.now(), readBefore: request.socket.bytesRead })
  })

  function watch(socket: Socket): void {
    if (watched.has(socket)) return
    watched.set(socket, { request: null, requestAt: 0, readBefore: 0, readBy: null, pending: 0 })
    socket.once('close', () => watched.delete(socket))
  }

  const looking = setInterval(() => {
    const now = performance.now()
    for (const [socket, known] of watched) if (dripsIn(socket, known, now) || isNotRead(socket, known, now)) socket.destroy()
  }, everyMs).unref()

  /** Whether the body comes too slowly, and it is the sender we wait for. */
  function dripsIn(socket: Socket, { request, requestAt, readBefore }: Watched, now: number): boolean {
    if (!request || request.complete || request.readableLength > 0 || now - requestAt < patienceMs) return false
    return socket.bytesRead - readBefore < ((now - requestAt) / 1000) * slowest
  }

  /** Whether the answer stays unread: each time some of it has gone, the rest gets its time again. */
  function isNotRead(socket: Socket, known: Watched, now: number): boolean {
    const pending = socket.writableLength
    if (pending === 0) known.readBy = null
    else if (known.readBy === null || pending < known.pending) known.readBy = now + patienceMs + (pending / slowest) * 1000
    known.pending = pending
    return known.readBy !== null && now > known.readBy
  }

  return () => clearInterval(looking)
}
