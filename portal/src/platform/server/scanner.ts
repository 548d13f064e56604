import { connect, type Socket } from 'node:net'

/** Looks into files for what harms whoever opens them. */
export interface Scanner {
  /** Throws ScannerAway where nobody can say. */
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>
}

/** found: the scanner's name of what it found */
export type Verdict = { clean: true } | { clean: false; found: string }

/** The scanner did not answer, or answered that it could not scan. It may later. */
export class ScannerAway extends Error {
  override name = 'ScannerAway'
}

/** null: there is no scanner */
export const openScanner = ({ scannerUrl }: { scannerUrl: string | null }): Scanner | null =>
  scannerUrl === null ? null : clamdScanner(scannerUrl)

/**
 * The ClamAV daemon: `clamd://host:3310`, or `clamd:///path` for its socket on this machine. Each scan is a connection of its own
 * with INSTREAM: pieces with their length before them, a length of zero at the end, then one line of answer (man clamd).
 * timeout: ms without any progress
 */
export function clamdScanner(scannerUrl: string, timeout = 30_000): Scanner {
  const { hostname, port, pathname } = new URL(scannerUrl)
  const place = hostname ? { host: hostname, port: Number(port || 3310) } : { path: decodeURIComponent(pathname) }
  return {
    async scan(content) {
      const socket = connect(place)
      socket.setTimeout(timeout, () => socket.destroy(new Error(`no answer within ${timeout} ms`)))
      const answer = readAnswer(socket)
      answer.catch(() => {}) // it is awaited below, once everything is sent
      try {
        await send(socket, Buffer.from('zINSTREAM\0'))
        for await (const piece of content) await send(socket, withLength(piece))
        await send(socket, Buffer.alloc(4))
        return readVerdict(await answer)
      } catch (error) {
        if (error instanceof ScannerAway) throw error
        // a daemon that has heard enough says why before it hangs up
        const said = await answer.catch(() => '')
        throw new ScannerAway(`The virus scanner cannot be used: ${said || (error as Error).message}`, { cause: error })
      } finally {
        socket.destroy()
      }
    },
  }
}

function withLength(piece: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(piece.length)
  return Buffer.concat([length, piece])
}

const send = (socket: Socket, bytes: Buffer) =>
  new Promise<void>((resolve, reject) => socket.write(bytes, error => (error ? reject(error) : resolve())))

async function readAnswer(socket: Socket): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of socket) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8').replace(/\0.*$/s, '').trim()
}

function readVerdict(answer: string): Verdict {
  if (/^stream: OK$/.test(answer)) return { clean: true }
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (found) return { clean: false, found }
  throw new ScannerAway(`The virus scanner answers "${answer.slice(0, 100)}"`)
}
