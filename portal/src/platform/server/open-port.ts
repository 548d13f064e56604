import type { Server } from 'node:net'
import { StartFailure } from './start-failure.ts'

/** A port that cannot be opened; code: why, as the system says it. */
export class PortFailure extends StartFailure {
  readonly code: string

  constructor(sentence: string, code: string) {
    super(sentence)
    this.code = code
  }
}

/** Opens a port and answers which. name: of its setting. Throws PortFailure where another program has it, or it is not to be had. */
export function openPort(server: Server, host: string, { name, port }: { name: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? ''
      const reasons: Record<string, string> = {
        EADDRINUSE: `${name}: ${port} is taken by another program. Stop that, or set ${name} to another port, such as ${port + 1}.`,
        EACCES: `${name}: ${port} is not open to this user. Set ${name} to 1024 or more.`,
        EADDRNOTAVAIL: `HOST: "${host}" is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`,
        ENOTFOUND: `HOST: "${host}" is not an address of this machine. Set HOST to one, or to 0.0.0.0 for all.`,
      }
      const reason = reasons[code]
      reject(reason ? new PortFailure(reason, code) : error)
    })
    server.listen(port, host, () => resolve((server.address() as { port: number }).port))
  })
}
