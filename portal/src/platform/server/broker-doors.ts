import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { BrokerLimits } from './broker-limits.ts'
import { type DeviceTls, followDeviceTls, readDeviceTls } from './broker-tls.ts'
import type { Log } from './log.ts'
import { openPort } from './open-port.ts'
import { networkOf } from './rate-limits.ts'

/** The ports by which devices come. */
export interface Doors {
  /** mqtt://host:port, mqtts://host:port */
  addresses: string[]
  /** The device behind the connection is known: it counts no longer among the strangers. */
  signedIn(socket: Socket): void
  renewAuthorities(): Promise<void>
  close(): void
}

export interface DoorOptions {
  host: string
  /** null: no plain port */
  port: number | null
  /** null: no TLS */
  tls: DeviceTls | null
  limits: BrokerLimits
  log: Log
  authorities(): Promise<readonly string[]>
  onConnection(socket: Socket | TLSSocket, network: string): void
  onTooMany(): void
}

/** Opens the ports. Throws StartFailure naming setting, value and remedy where one cannot be opened. */
export async function openDoors({ host, port, tls, limits, log, authorities, ...options }: DoorOptions): Promise<Doors> {
  const counts = countConnections(limits, options.onTooMany)
  const addresses: string[] = []
  const servers: Server[] = []
  const closers: (() => void)[] = []
  const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }
  const enter = (socket: Socket) => {
    const network = counts.networkOf(socket)
    if (network !== null) options.onConnection(socket, network)
  }
  const renew: (() => Promise<void>)[] = []

  try {
    if (port !== null) {
      const server = createServer(socketOptions, socket => counts.take(socket) && enter(socket))
      servers.push(server)
      addresses.push(`mqtt://${shown(host)}:${await openPort(server, host, { name: 'MQTT_PORT', port })}`)
    }
    if (tls) {
      const read = async () => readDeviceTls(tls, await authorities())
      const server = createTlsServer({
        ...socketOptions,
        ...(await read()),
        handshakeTimeout: limits.connectMs,
        requestCert: true,
        rejectUnauthorized: false, // who has no certificate signs in by its token
      })
      server.prependListener('connection', socket => counts.take(socket)) // before the handshake, which costs more than anything
      server.on('secureConnection', socket => enter(socket))
      servers.push(server)
      renew.push(async () => server.setSecureContext(await read()))
      closers.push(followDeviceTls(tls, () => renew[0]!(), log))
      addresses.push(`mqtts://${shown(host)}:${await openPort(server, host, { name: 'MQTT_TLS_PORT', port: tls.port })}`)
    }
  } catch (error) {
    for (const server of servers) server.close()
    for (const close of closers) close()
    throw error
  }
  return {
    addresses,
    signedIn: counts.signedIn,
    async renewAuthorities() {
      for (const one of renew) await one()
    },
    close() {
      for (const close of closers) close()
      for (const server of servers) server.close()
      counts.closeAll()
    },
  }
}

/** How many connections there are, of all and of each address; beyond the bounds they are closed as they come. */
function countConnections(limits: BrokerLimits, onTooMany: () => void) {
  const sockets = new Map<string, { network: string; socket: Socket; stranger: boolean }>()
  const all = new Map<string, { open: number; strangers: number }>()
  let strangers = 0
  const nameOf = (socket: Socket) => `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`

  function leaveStrangers(known: { network: string; stranger: boolean } | undefined): void {
    if (!known?.stranger) return
    known.stranger = false
    strangers--
    all.get(known.network)!.strangers--
  }

  return {
    take(socket: Socket): boolean {
      const network = networkOf(socket.remoteAddress ?? '')
      const here = all.get(network) ?? { open: 0, strangers: 0 }
      const tooMany =
        sockets.size >= limits.connections ||
        here.open >= limits.connectionsPerAddress ||
        strangers >= limits.strangers ||
        here.strangers >= limits.strangersPerAddress
      if (tooMany || socket.remoteAddress === undefined) {
        if (tooMany) onTooMany()
        socket.destroy()
        return false
      }
      const name = nameOf(socket)
      const known = { network, socket, stranger: true }
      sockets.set(name, known)
      strangers++
      all.set(network, { open: here.open + 1, strangers: here.strangers + 1 })
      socket.once('close', () => {
        leaveStrangers(known)
        sockets.delete(name)
        const left = all.get(network)!
        left.open--
        if (left.open === 0) all.delete(network)
      })
      return true
    },
    networkOf: (socket: Socket) => sockets.get(nameOf(socket))?.network ?? null,
    signedIn: (socket: Socket) => leaveStrangers(sockets.get(nameOf(socket))),
    closeAll() {
      for (const { socket } of sockets.values()) socket.destroy()
    },
  }
}

const shown = (host: string) => (host.includes(':') ? `[${host}]` : host)
