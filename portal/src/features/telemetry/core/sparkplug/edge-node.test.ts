import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readingLimits } from '../reading.ts'
import { type BornMetric, type EdgeNode, type Followed, follow, type Heard, rebirthEvery, unknownNode } from './edge-node.ts'
import { metricKeyOf, type SparkplugMetric, sparkplugTypes } from './payload.ts'

const now = Date.parse('2026-11-26T08:00:00Z')

const metric = (fields: Partial<SparkplugMetric>): SparkplugMetric => ({
  ...{ name: undefined, alias: undefined, timestamp: undefined, type: undefined, historical: false, value: null },
  ...fields,
})
const speed = metric({ name: 'Spindle/Speed', alias: '1', type: sparkplugTypes.Int32, value: 8000n })
const bdSeq = (value: number) => metric({ name: 'bdSeq', type: sparkplugTypes.UInt64, value: BigInt(value) })

/** A node as the portal knows it, that hears one message after the other. */
function listening(patience = 0) {
  let node: EdgeNode = unknownNode('plant')
  let born: readonly BornMetric[] = []
  return {
    hear(
      type: Heard['type'],
      metrics: SparkplugMetric[],
      more: { seq?: number; at?: number; device?: string; sent?: number } = {},
    ): Followed {
      const at = more.at ?? now
      const payload = { timestamp: more.sent ?? at + (more.seq ?? 0), seq: more.seq, metrics }
      const followed = follow(node, born, { group: 'plant', type, device: more.device ?? null, payload, at }, patience)
      ;({ node, born } = followed)
      return followed
    },
    node: () => node,
  }
}

test('a birth declares what an alias means, with its type', () => {
  const { hear } = listening()
  expect(hear('NBIRTH', [bdSeq(1), speed], { seq: 0 }).readings).toEqual([{ metric: 'spindle_speed', value: 8000, at: now }])
  const { readings, rebirth } = hear('NDATA', [metric({ alias: '1', value: 0xfffffffbn, timestamp: now - 5 })], { seq: 1 })
  expect(readings).toEqual([{ metric: 'spindle_speed', value: -5, at: now - 5 }])
  expect(rebirth).toBe(false)
})

test('data before a birth asks for it, and is kept where it says itself what it is', () => {
  const { hear } = listening()
  const { readings, unborn, rebirth } = hear('NDATA', [speed, metric({ alias: '2', value: 1n })], { seq: 9 })
  expect([readings.length, unborn, rebirth]).toEqual([1, 1, true])
  expect(hear('NDATA', [speed], { seq: 10, at: now + rebirthEvery - 1 }).rebirth).toBe(false)
  expect(hear('NDATA', [speed], { seq: 11, at: now + rebirthEvery }).rebirth).toBe(true)
})

test('sequence numbers go round after 255', () => {
  const { hear } = listening()
  hear('NBIRTH', [speed], { seq: 0 })
  for (let i = 1; i < 600; i++) expect(hear('NDATA', [speed], { seq: i % 256, sent: now + i }).rebirth).toBe(false)
})

test('a number that is passed over asks for a birth, and its data is kept', () => {
  const { hear } = listening()
  hear('NBIRTH', [speed], { seq: 0 })
  const { readings, rebirth } = hear('NDATA', [speed], { seq: 2 })
  expect([readings.length, rebirth]).toEqual([1, true])
})

test('where messages may overtake each other, a number that comes late is waited for', () => {
  const { hear } = listening(5000)
  hear('NBIRTH', [speed], { seq: 0 })
  expect(hear('NDATA', [speed], { seq: 2 }).rebirth).toBe(false)
  expect(hear('NDATA', [speed], { seq: 1, at: now + 10 }).readings).toHaveLength(1)
  expect(hear('NDATA', [speed], { seq: 3, at: now + 9000 }).rebirth).toBe(false)
  expect(hear('NDATA', [speed], { seq: 5, at: now + 9000 }).rebirth).toBe(false)
  expect(hear('NDATA', [speed], { seq: 6, at: now + 14_000 }).rebirth).toBe(true)
})

test('whatever is the same by number and time came twice, and says nothing new', () => {
  const { hear, node } = listening()
  hear('NBIRTH', [bdSeq(1), speed], { seq: 0 })
  hear('DBIRTH', [speed], { seq: 1, device: 'table' })
  hear('NDATA', [speed], { seq: 2 })
  const before = node()
  expect(hear('NDATA', [speed], { seq: 2 })).toMatchObject({ readings: [], rebirth: false })
  hear('NBIRTH', [bdSeq(1), speed], { seq: 0 })
  expect(node()).toEqual(before)
})

test('a death is of the birth with its number; one of a connection before changes nothing', () => {
  const { hear, node } = listening()
  hear('NBIRTH', [bdSeq(7), speed], { seq: 0 })
  hear('DBIRTH', [speed], { seq: 1, device: 'table' })
  hear('NDEATH', [bdSeq(6)])
  expect(node().alive).toBe(true)
  hear('NDEATH', [bdSeq(7)], { at: now + 1000 })
  expect(node()).toMatchObject({ alive: false, since: now + 1000, devices: { table: { alive: false, since: now + 1000 } } })
  expect(hear('NDATA', [speed], { seq: 2 }).rebirth).toBe(true)
})

test('devices below a node have metrics of their own, and come and go', () => {
  const { hear, node } = listening()
  hear('NBIRTH', [speed], { seq: 0 })
  const angle = metric({ name: 'Angle', alias: '9', type: sparkplugTypes.Double, value: 12.5 })
  expect(hear('DBIRTH', [angle], { seq: 1, device: 'Table1' }).readings[0]).toMatchObject({ metric: 'table1_angle', value: 12.5 })
  expect(hear('DDATA', [metric({ alias: '9', value: 13 })], { seq: 2, device: 'Table1' }).readings).toHaveLength(1)
  expect(hear('DDATA', [angle], { seq: 3, device: 'Table2' }).rebirth).toBe(true)
  hear('DDEATH', [], { seq: 4, device: 'Table1' })
  expect(node().devices.Table1!.alive).toBe(false)
})

test('a clock is set right only where nothing that waited could look like it', () => {
  const { hear } = listening()
  const sentAt = (sent: number, historical = false) => hear('NDATA', [{ ...speed, historical }], { sent, seq: 1 }).sentAt
  expect(sentAt(now - 3_600_000)).toBeUndefined()
  expect(sentAt(now + readingLimits.skew + 1)).toBe(now + readingLimits.skew + 1)
  expect(sentAt(0)).toBe(0)
  expect(sentAt(1, true)).toBeUndefined()
})

test.each([
  [null, 'Spindle/Speed', 'spindle_speed'],
  [null, 'spindle_speed', 'spindle_speed'],
  [null, 'CoolantTemp (°C)', 'coolant_temp_c'],
  ['Table 1', 'Angle', 'table_1_angle'],
  [null, '温度', ''],
])('%s %s is called %s', (device, name, key) => {
  expect(metricKeyOf(device, name)).toBe(key)
})

test('in whatever order messages come, each value is read once and the number of what is missing is true', () => {
  const order = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 1 })
  fc.assert(
    fc.property(order, fc.nat(7), (seqs, again) => {
      const { hear, node } = listening(1000)
      hear('NBIRTH', [speed], { seq: 0 })
      let read = 0
      for (const seq of [...seqs, seqs[again % seqs.length]!]) read += hear('NDATA', [speed], { seq }).readings.length
      expect(read).toBe(seqs.length)
      const highest = Math.max(...seqs)
      const missing = Array.from({ length: highest }, (_, i) => i + 1).filter(seq => !seqs.includes(seq))
      expect(node().missing.toSorted()).toEqual(missing)
    }),
  )
})
