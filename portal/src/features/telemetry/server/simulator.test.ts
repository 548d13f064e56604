import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDeviceType, getMyDevice } from '#features/devices/core'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { getMyMetrics } from '../core/index.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const url = await openDoors(world)
const folder = await mkdtemp(join(tmpdir(), 'fettle-simulator-'))
const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends) await end()
  await rm(folder, { recursive: true })
})

/** The program as somebody starts it; what it prints, and what is typed to it. */
function start(...args: string[]) {
  const program = join(import.meta.dirname, '../../../../../examples/machine-simulator.ts')
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: 'pipe' })
  const ended = once(child, 'exit') as Promise<[number | null]>
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (said += text))
  const end = () => {
    child.kill('SIGTERM')
    return ended
  }
  ends.push(end)
  return { said: () => said, type: (line: string) => child.stdin.write(`${line}\n`), end, ended }
}

test('a fleet is started by a list of tokens and falls ill and well by what is typed', { timeout: 120_000 }, async () => {
  const name = (text: string) => ({ 'zh-CN': text, en: text })
  const { id: typeId } = await (await world.api('product')).call(createDeviceType, {
    body: {
      ...{ key: 'simulated', name: name('Machine') },
      metrics: [{ key: 'spindle_vibration', name: name('Vibration'), unit: 'mm/s', min: 0, max: 50, decimals: 2 }],
    },
  })
  const [one, two] = [
    await connectableMachine(world, typeId, world.own.id),
    await connectableMachine(world, typeId, world.own.id),
  ]
  await writeFile(join(folder, 'machines.csv'), `serial,id,token\nSN0001,${one.id},${one.token}\nSN0002,${two.id},${two.token}\n`)
  const vibration = async ({ id }: { id: string }) =>
    (await world.own.member.api.call(getMyMetrics, { params: { deviceId: id } })).metrics[0]?.latest?.value ?? 0

  const fleet = start(
    ...['--url', url, '--machines', 'machines.csv', '--devices', '2', '--every', '1', '--speed', '600'],
    ...['--begin', '2026-11-02T09:00+08:00', '--fault', 'bearing@SN0001', '--fault-hours', '0.1'],
  )
  await eventually(() => fleet.said().includes('2 machines report'))
  fleet.type('fault bearings SN0002')
  fleet.type('fault bearing SN0003')
  fleet.type('list')
  await eventually(() => /SN0001 .* bearing \d+ %\nSN0002 .* sound/.test(fleet.said()))
  expect(fleet.said()).toContain('"bearings" is no fault: there are bearing, coolant, balance, sensor')
  expect(fleet.said()).toContain('"SN0003" is no machine here: there are SN0001, SN0002')
  await eventually(async () => (await vibration(one)) > 3) // a sound one shakes with half of it at most
  fleet.type('fault bearing SN0002')
  await eventually(async () => (await vibration(two)) > 3)
  fleet.type('heal SN0001')
  fleet.type('list')
  await eventually(() => /SN0001 .* sound\nSN0002 .* bearing \d+ %/.test(fleet.said()))
  const software = async ({ id }: { id: string }) =>
    (await world.own.member.api.call(getMyDevice, { params: { deviceId: id } })).reported.softwareRevision?.value
  await eventually(async () => (await software(one)) === '4.2.1')
  fleet.type('update SN0001 4.3.0')
  await eventually(async () => (await software(one)) === '4.3.0')
  expect(await software(two)).toBe('4.2.1')
  expect(await fleet.end()).toEqual([0, null])
})

test('what the program cannot begin with it says by name, with what may stand there', async () => {
  await writeFile(join(folder, 'two.csv'), `SN0001,${crypto.randomUUID()},one\nSN0002,${crypto.randomUUID()},two\n`)
  const url = ['--url', 'mqtt://127.0.0.1:1', '--machines', 'two.csv']
  const wrongs: [string[], string][] = [
    [['--machines', 'two.csv'], '--url and --machines are needed'],
    [[...url, '--speed', '0'], '--speed 0: it is a number from 1 to 600'],
    [[...url, '--devices', '3'], '--devices 3: two.csv has 2 machines'],
    [[...url, '--fault', 'bearing@SN9'], '--fault bearing@SN9: no machine'],
    [[...url, '--machines', 'nowhere.csv'], '--machines nowhere.csv: it cannot be read'],
  ]
  await Promise.all(
    wrongs.map(async ([args, what]) => {
      const { ended, said } = start(...args)
      expect([(await ended)[0], said()]).toEqual([2, expect.stringContaining(what)])
    }),
  )
})
