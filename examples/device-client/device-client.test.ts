import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDevice } from './device-client.ts'
import { openDiskBuffer } from './disk-buffer.ts'

test('a device that is closed while nobody acknowledges keeps what it reported', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-device-'))
  const published = Promise.withResolvers<void>()
  const silent = createServer(socket =>
    socket.on('data', ([type = 0]) => {
      if (type >> 4 === 1) socket.write(Buffer.from([0x20, 2, 0, 0])) // CONNACK, and no word after it
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
