import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { openWire } from './device-wire.ts'

/*
 * The broker by itself, in a process that a test may kill: writes each message as a line of a file, flushed, before it is acknowledged.
 * node broker-program.ts <port> <file> [<other bounds as JSON>]
 */

const [port, file, limits = '{}'] = process.argv.slice(2) as [string, string, string?]
const descriptor = openSync(file, 'a')
const { addresses, broker } = await openWire({
  environment: { MQTT_PORT: port },
  limits: JSON.parse(limits),
  part: {
    receive: async batch => {
      writeSync(descriptor, batch.map(({ payload }) => `${Buffer.from(payload)}\n`).join(''))
      fsyncSync(descriptor)
    },
  },
})
process.on('exit', () => closeSync(descriptor))
process.on('message', () => {
  global.gc?.()
  const { user, system } = process.cpuUsage()
  const { rss } = process.memoryUsage()
  process.send!({ rss, connections: broker.state().connections, cpuMs: (user + system) / 1000 })
})
process.send?.({ address: addresses[0] })
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
