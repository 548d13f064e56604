import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Mosquitto } from '../mosquitto.ts'

/** Where stories say whom the broker is to let in besides: POST of passwords by user. */
export async function openAdmission(mosquitto: Mosquitto): Promise<{ address: string; stop(): void }> {
  let admitting = Promise.resolve()
  const server = createServer((request, answer) => {
    admitting = admitting
      .then(async () => mosquitto.admit(JSON.parse(await text(request)) as Record<string, string>))
      .then(
        () => void answer.writeHead(204).end(),
        error => void answer.writeHead(500).end(String(error)),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
