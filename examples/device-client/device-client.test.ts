import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDevice } from './device-client.ts'
import { openDiskBuffer } from './disk-buffer.ts'

const connected = Buffer.from([0x20, 2, 0, 0])

test('a device that is closed while nobody acknowledges keeps what it reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-device-'))
  const published = Promise.withResolvers<void>()
  const silent = createServer(socket =>
    socket.on('data', ([type = 0]) => {
      if (type >> 4 === 1) socket.write(connected) // and no word after it
      if (type >> 4 === 3) published.resolve()
    }),
  )
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const url = `mqtt://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const device = await openDevice({ url, deviceId: crypto.randomUUID(), token: 'token', folder })
  await device.report({ power: 1.5 })
  await published.promise
  await device.close()
  const kept = await openDiskBuffer(folder)
  expect(kept.waiting()).toBe(1)
  await kept.close()
  silent.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a device that is started while nobody is there reports once somebody is, and what was not acknowledged goes out anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-device-'))
  const refused = Promise.withResolvers<Error>()
  const published: string[] = []
  const twice = Promise.withResolvers<void>()
  const broker = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', bytes => {
      if (bytes[0]! >> 4 === 1) socket.write(connected)
      const text = bytes.toString('latin1')
      const topic = text.search(/fettle\/[\w-]+\/readings/)
      if (topic < 0) return
      const head = bytes[topic - 5]! // two bytes say how long the topic is, and two how long the packet
      published.push(`${head & 0x08 ? 'again' : 'new'} ${text.match(/"power":[\d.]+/)![0]}`)
      if (published.length === 2) twice.resolve()
      else socket.destroy()
    })
  })
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve))
  const { port } = broker.address() as AddressInfo
  await new Promise(resolve => broker.close(resolve)) // nobody is there now
  const device = await openDevice({
    ...{ url: `mqtt://127.0.0.1:${port}`, deviceId: crypto.randomUUID(), token: 'token', folder },
    connection: { reconnectPeriod: 20 },
    onTrouble: refused.resolve,
  })
  await device.report({ power: 1.5 })
  expect((await refused.promise).message).toContain('ECONNREFUSED')
  await new Promise<void>(resolve => broker.listen(port, '127.0.0.1', resolve))
  await twice.promise
  expect(published).toEqual(['new "power":1.5', 'new "power":1.5'])
  await device.close()
  broker.close()
  rmSync(folder, { recursive: true, force: true })
})
