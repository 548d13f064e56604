import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createLog, openDatabase, openWarehouse, readConfig } from '#platform/server'
import { chance } from '../chance.ts'
import { deviceId } from '../device-wire.ts'
import { eventually } from '../eventually.ts'
import { connectRaw, publishPacket, type RawDevice } from '../raw-device.ts'
import { registerMachines } from '../register-machines.ts'
import { cloneDatabase } from '../test-database.ts'
import { freePort } from '../test-portal.ts'
import { startPortalProcess } from './portal-process.ts'
import { type SystemCall, traceCalls, whyNoTrace } from './system-calls.ts'

const clone = await cloneDatabase()
const dataDir = mkdtempSync(join(tmpdir(), 'fettle-readings-'))
const pool = new pg.Pool({ connectionString: clone.url, max: 2 })
await registerMachines(pool, 1, [{ key: 'speed', unit: '1/min', min: 0, max: 1e9, decimals: 0 }])
afterAll(async () => {
  await pool.end()
  await clone.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

const machine = deviceId(0)
const port = await freePort()
const start = () =>
  startPortalProcess({
    DATA_DIR: dataDir,
    DATABASE_URL: clone.url,
    DATABASE_POOL: '4',
    SESSION_SECRET: 'the same for all of these portals',
    MQTT_PORT: String(port),
  })
const connect = () => connectRaw(`mqtt://127.0.0.1:${port}`, machine)

/** Numbers of the packets that were acknowledged, in the order of their acknowledgements. */
function acknowledgedBy(device: RawDevice): number[] {
  const bytes = device.answer().subarray(4) // behind the answer to signing in
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, n) => bytes.readUInt16BE(n * 4 + 2))
}

/** Works on the readings of the machine while no portal has them. */
async function inWarehouse<T>(work: (warehouse: ReturnType<typeof openWarehouse>) => Promise<T>): Promise<T> {
  const database = openDatabase(clone.url, () => {}, { max: 2 })
  const warehouse = openWarehouse({ config: readConfig({ DATA_DIR: dataDir }), database, log: createLog('silent') })
  try {
    return await work(warehouse)
  } finally {
    await warehouse.close()
    await database.close()
  }
}

test('a portal that is killed again and again has every reading it acknowledged, once', async () => {
  const { below } = chance(5)
  const begin = Date.now() - 3_600_000
  const acknowledged = new Set<number>()
  let said = 0
  for (let kill = 0; kill < 4; kill++) {
    const portal = start()
    await portal.ready
    const device = await connect()
    const first = said
    let gone = false
    void device.closed.then(() => {
      gone = true
    })
    const killAt = 20 + below(300)
    while (!gone && acknowledgedBy(device).length < killAt) {
      for (let n = 0; n < 10; n++, said++) {
        const payload = Buffer.from(JSON.stringify({ metric: 'speed', value: said, at: begin + said }))
        device.socket.write(publishPacket(`fettle/${machine}/readings`, said - first + 1, payload))
      }
      const [sent, before] = [said - first, acknowledgedBy(device).length]
      await eventually(() => gone || acknowledgedBy(device).length > Math.max(before, sent - 100))
    }
    await portal.kill()
    await device.closed
    for (const number of acknowledgedBy(device)) acknowledged.add(first + number - 1)
  }
  const rows = await inWarehouse(warehouse =>
    warehouse.query<{ moment: number; scaled: number; times: number }>(
      `select toUnixTimestamp64Milli(at) as moment, any(r.scaled) as scaled, count() as times from reading as r final where device_id = {machine:UUID} group by at`,
      { machine },
    ),
  )
  expect(acknowledged.size).toBeGreaterThan(100)
  expect(rows.filter(({ moment, scaled, times }) => times !== 1 || moment - begin !== scaled)).toEqual([])
  const there = new Set(rows.map(({ scaled }) => scaled))
  expect([...acknowledged].filter(number => !there.has(number))).toEqual([])
}, 180_000)

const reason = whyNoTrace()
if (reason) console.warn(`Not tested: that readings are flushed to the disk before they are acknowledged (${reason})`)

test.skipIf(reason)(
  'a reading is on the disk before it is acknowledged, and the test would see it if it were not',
  async () => {
    const calls = await traceReading()
    expect(flushesBefore(calls)).toEqual({ acknowledged: 1, written: true, flushed: true })
    const unflushed = calls.filter(({ name }) => !isFlush(name))
    expect(flushesBefore(unflushed)).toEqual({ acknowledged: 1, written: true, flushed: false })
  },
  180_000,
)

/** The calls of the portal and of its warehouse while one message is taken. */
async function traceReading(): Promise<SystemCall[]> {
  const portal = start()
  try {
    await portal.ready
    const device = await connect()
    const say = async (number: number) => {
      const payload = Buffer.from(JSON.stringify({ metric: 'speed', value: 1, at: Date.now() }))
      device.socket.write(publishPacket(`fettle/${machine}/readings`, number, payload))
      await eventually(() => acknowledgedBy(device).includes(number))
    }
    await say(1) // wakes the warehouse
    const trace = await traceCalls(
      [portal.pid, warehouseOf(portal.pid)],
      ['fsync', 'fdatasync', 'write', 'writev', 'pwrite64', 'pwritev'],
      join(dataDir, 'calls'),
    )
    await say(7777)
    const calls = await trace.end()
    device.socket.destroy()
    return calls
  } finally {
    await portal.stop()
  }
}

const warehouseOf = (portal: number): number =>
  Number(
    execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(portal)], { encoding: 'utf8' })
      .split('\n')
      .find(line => line.includes('warehouse-process'))!
      .trim()
      .split(/\s+/)[0],
  )

const isFlush = (name: string): boolean => name === 'fsync' || name === 'fdatasync'
/** each row by the write-ahead log: its table gets it later */
const wal = /\/warehouse\/wal\/[^/]+\.rows>/

/** Whether the reading was written to a file, and that was flushed, before the portal wrote PUBACK of packet 7777, which is 0x1e61. */
function flushesBefore(calls: readonly SystemCall[]): { acknowledged: number; written: boolean; flushed: boolean } {
  const acknowledgements = calls.filter(
    ({ name, text }) => (name === 'write' || name === 'writev') && /@.*\\2.*\\36a/.test(text), // in one piece or several
  )
  const before = calls.filter(({ at, text }) => wal.test(text) && at < (acknowledgements[0]?.at ?? 0))
  const written = before.find(({ name, text }) => !isFlush(name) && text.includes('readings_taken'))
  const flushed = before.some(
    ({ name, text, at }) => isFlush(name) && /= 0$/.test(text) && at > (written?.at ?? Number.POSITIVE_INFINITY),
  )
  return { acknowledged: acknowledgements.length, written: written !== undefined, flushed }
}
