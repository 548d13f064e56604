import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { server as modbusServers } from 'jsmodbus'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Item, readMapping } from './mapping.ts'
import { modbusClient } from './modbus.ts'
import { followAgent, type Moment } from './mtconnect.ts'
import { spansOf, valuesIn } from './registers.ts'
import { readStreams } from './streams.ts'
import { startAgent } from './test-agent.ts'

const folder = await mkdtemp(join(tmpdir(), 'fettle-gateway-'))
const closers: (() => unknown)[] = [() => rm(folder, { recursive: true })]
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

const example = await readFile(join(import.meta.dirname, 'mapping.json'), 'utf8')

test('a mapping says where it is wrong', () => {
  const { machines } = readMapping(example)
  expect(machines[0]!.sources.map(({ kind }) => kind)).toEqual(['modbus', 'mtconnect'])
  expect(() => readMapping(example.replace('"int16"', '"int17"'))).toThrow('machines.0.sources.0.registers.0.type: ')
  expect(() => readMapping(example.replace('"token": "fettle_device_…",', ''))).toThrow('machines.0: it has neither a token')
})

describe('Modbus', () => {
  const [holding, input] = [Buffer.alloc(400), Buffer.alloc(400)]
  const netServer = createServer()
  new modbusServers.TCP(netServer, { holding, input, coils: Buffer.alloc(1), discrete: Buffer.alloc(1) })
  const registers = readMapping(example).machines[0]!.sources.flatMap(source =>
    source.kind === 'modbus' ? source.registers : [],
  )

  async function read(port: number) {
    const client = modbusClient({ host: '127.0.0.1', port, unit: 1 })
    closers.push(() => client.close())
    const values: Record<string, number | boolean> = {}
    for (const span of spansOf(registers))
      Object.assign(values, valuesIn(span, await client.read(span.table, span.address, span.count)))
    return values
  }

  test('registers of each kind become what they mean, and what the controller does not know is left out', async () => {
    await new Promise<void>(resolve => netServer.listen(0, '127.0.0.1', resolve))
    closers.push(() => netServer.close())
    const { port } = netServer.address() as AddressInfo
    input.writeInt16BE(-32_768, 0)
    input.writeUInt16BE(612, 2)
    holding.writeUInt16BE(123_456 & 0xffff, 200)
    holding.writeUInt16BE(123_456 >> 16, 202)
    holding.writeFloatBE(1.23, 204)
    expect(await read(port)).toEqual({ air_pressure: 6.12, spindle_hours: 12_345.6, spindle_vibration: 1.23 })
    input.writeInt16BE(-55, 0)
    expect((await read(port)).coolant_temperature).toBe(-5.5)
  })

  test('registers that follow one another are one request, and nobody asks for those between', () => {
    expect(spansOf(registers).map(({ table, address, count }) => [table, address, count])).toEqual([
      ['holding', 100, 4],
      ['input', 0, 2],
    ])
    const wide = Array.from({ length: 200 }, (_, i) => ({ ...registers[1]!, address: i }))
    expect(spansOf(wide).map(({ address, count }) => [address, count])).toEqual([
      [0, 125],
      [125, 75],
    ])
  })

  test.each<[string, Buffer, string]>([
    ['a refusal', Buffer.from([0, 1, 0, 0, 0, 3, 1, 0x83, 2]), 'illegal data address'],
    ['an answer to something else', Buffer.from([0, 9, 0, 0, 0, 5, 1, 3, 2, 0, 1]), 'none to what was asked'],
    ['too few registers', Buffer.from([0, 1, 0, 0, 0, 5, 1, 3, 2, 0, 1]), 'none to what was asked'],
    ['no Modbus', Buffer.from('HTTP/1.1 400 Bad Request'), 'none to what was asked'],
  ])('%s is said in words', async (_, bytes, words) => {
    const rude = createServer(socket => void socket.on('error', () => {}).once('data', () => socket.write(bytes)))
    await new Promise<void>(resolve => rude.listen(0, '127.0.0.1', resolve))
    closers.push(() => rude.close())
    const client = modbusClient({ host: '127.0.0.1', port: (rude.address() as AddressInfo).port, unit: 1 })
    closers.push(() => client.close())
    await expect(client.read('holding', 0, 2)).rejects.toThrow(words)
  })
})

const agent = await startAgent()
closers.push(() => agent.stop())

describe('MTConnect', () => {
  const items: Item[] = [
    { item: 'load', metric: 'spindle_load', scale: 1, offset: 0 },
    { item: 'n-exec', metric: 'cutting', values: { ACTIVE: 1, READY: 0 }, scale: 1, offset: 0 },
    { item: 'hot', metric: 'overload', values: { Normal: 0, Fault: 1 }, scale: 1, offset: 0 },
  ]
  let moments: Moment[] = []
  let gaps: string[] = []
  const values = () => moments.flatMap(moment => Object.entries(moment.values))
  const follow = (file: string, repeat = 3600) =>
    followAgent({ url: agent.url, items, repeat }, join(folder, file), {
      report: async some => void moments.push(...some),
      onGap: what => void gaps.push(what),
    })
  beforeEach(() => {
    ;[moments, gaps] = [[], []]
  })

  test('what is now comes first, then what changes, each at its own moment; what is unavailable is no value', async () => {
    agent.say('Samples', 'load', '31.5', 30)
    agent.say('Events', 'exec', 'ACTIVE', 20)
    agent.say('Condition', 'hot', 'Unavailable', 20)
    const { step } = await follow('first')
    await step()
    expect(values().slice(0, 2)).toEqual([
      ['spindle_load', 31.5],
      ['cutting', 1],
    ])
    expect(Math.abs(Date.now() - 30_000 - moments[0]!.at.getTime())).toBeLessThan(2000)
    moments = []
    agent.say('Samples', 'load', '40')
    agent.say('Samples', 'load', 'UNAVAILABLE')
    agent.say('Events', 'exec', 'PROGRAM_STOPPED') // nobody said which number that is
    agent.say('Condition', 'hot', 'Fault')
    await step()
    expect(values()).toEqual([
      ['spindle_load', 40],
      ['overload', 1],
    ])
    expect(agent.asked.at(-1)).toBe('/sample?from=4&count=1000')
    moments = []
    await step()
    expect([moments, gaps]).toEqual([[], []])
  })

  test('a restart of the gateway goes on where it stopped', async () => {
    await (await follow('restarted')).step()
    agent.say('Samples', 'load', '50', 2)
    agent.say('Samples', 'load', '51', 1)
    moments = []
    await (await follow('restarted')).step()
    expect(
      values()
        .filter(([metric]) => metric === 'spindle_load')
        .slice(0, 2),
    ).toEqual([
      ['spindle_load', 50],
      ['spindle_load', 51],
    ])
    expect(gaps).toEqual([])
  })

  test('what the agent no longer has is told of as lost, and it goes on with what is now', async () => {
    const { step } = await follow('gap')
    await step()
    for (let load = 0; load < 20; load++) agent.say('Samples', 'load', `${load}`)
    await step()
    expect(gaps).toEqual([expect.stringContaining('no longer has')])
    moments = []
    await step()
    expect(values()).toContainEqual(['spindle_load', 19])
    expect(gaps).toHaveLength(1)
  })

  test('an agent that was started anew is read from its beginning', async () => {
    const { step } = await follow('anew')
    await step()
    agent.restart()
    for (let load = 60; load < 64; load++) agent.say('Samples', 'load', `${load}`)
    await step()
    moments = []
    await step()
    expect(gaps).toHaveLength(1)
    expect(values()).toContainEqual(['spindle_load', 63])
    agent.say('Samples', 'load', '70')
    moments = []
    await step()
    expect(values()).toEqual([['spindle_load', 70]])
  })

  test('what did not change is said again after a while, for it still holds; and a clock that is off is set right', async () => {
    agent.clock.ahead = 7200
    agent.say('Samples', 'load', '80', 10)
    const { step } = await follow('still', 0)
    await step()
    moments = []
    await step()
    expect(values()).toEqual([['spindle_load', 80]])
    for (const { at } of moments) expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(3000)
    agent.clock.ahead = 0
  })

  test('what is no answer of an agent is an error', () => {
    for (const text of ['', '<html></html>', '{}', '<MTConnectStreams/>']) expect(() => readStreams(text)).toThrow()
  })
})
