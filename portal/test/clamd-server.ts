import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** What every virus scanner finds by agreement, and no machine can be harmed by. Written in two parts: this file is none. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAN', 'DARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export interface ClamdServer {
  /** for SCANNER_URL */
  url: string
  /** away: hangs up on everybody. silent: listens and never answers */
  mood: 'working' | 'away' | 'silent'
  scans: number
  close(): Promise<void>
}

/** As much of ClamAV's daemon as INSTREAM needs; it knows one virus, and takes `most` bytes. place: a socket's path, else a free port */
export async function startClamd(most = 30_000_000, place?: string): Promise<ClamdServer> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    if (clamd.mood === 'away') return socket.destroy()
    void serve(socket)
    return
  })

  async function serve(socket: Socket): Promise<void> {
    let received = Buffer.alloc(0)
    const content: Buffer[] = []
    let begun = false
    for await (const piece of socket as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, piece])
      if (!begun && received.length >= 10) {
        if (received.subarray(0, 10).toString() !== 'zINSTREAM\0') return void socket.end('UNKNOWN COMMAND\0')
        received = received.subarray(10)
        begun = true
      }
      while (begun && received.length >= 4 && received.length >= 4 + received.readUInt32BE()) {
        const length = received.readUInt32BE()
        if (length === 0) return await finish(socket, Buffer.concat(content))
        content.push(received.subarray(4, 4 + length))
        received = received.subarray(4 + length)
        if (content.reduce((sum, { length }) => sum + length, 0) > most)
          return void socket.end('INSTREAM size limit exceeded. ERROR\0')
      }
    }
  }

  async function finish(socket: Socket, content: Buffer): Promise<void> {
    clamd.scans++
    if (clamd.mood === 'silent') await once(socket, 'close')
    else socket.end(content.includes(eicar) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0')
  }

  await new Promise<void>(resolve => (place ? server.listen(place, resolve) : server.listen(0, '127.0.0.1', resolve)))
  const address = server.address()
  const clamd: ClamdServer = {
    url: typeof address === 'string' ? `clamd://${address}` : `clamd://127.0.0.1:${address!.port}`,
    mood: 'working',
    scans: 0,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
  return clamd
}
