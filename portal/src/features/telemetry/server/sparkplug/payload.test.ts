import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meantBy, readingLimits, sparkplugTypes } from '../../core/index.ts'
import { readSparkplug } from './read-payload.ts'
import { writeSparkplug } from './write-payload.ts'

/** Written by the encoder of Eclipse Tahu (sparkplug-payload 1.0.3). */
const birth =
  '0880d0eab6b733120b0a05626453657120085807121a0a144e6f646520436f6e74726f6c2f52656269727468200b700012200a0d5370696e646c652f537065656410011898c8eab6b733200350fbffffff0f12160a0b54656d706572617475726510022009656666c44112160a0550617274731003200458fdffffffffffffffff01121a0a0a5061727473206d61646510ac022008588180808080808010120f0a0752756e6e696e671004200b700112100a04446f6f721005200150ffffffff0f12100a0653657269616c200c7a04564d2d31120d0a054c6576656c1006200a380112190a055461626c6520108a010d0801120161180322040a0208011800'
const data = '08e8d7eab6b7331210100118f4d3eab6b7332003280150c03e1801'

test('what another encoder wrote is read to the last digit, and what no reading is made of is passed over', () => {
  const payload = readSparkplug(Buffer.from(birth, 'hex'))!
  expect(payload).toMatchObject({ timestamp: 1767225600000, seq: 0 })
  const values = payload.metrics.map(({ name, alias, type, value }) => [name, alias, meantBy(value, type!)])
  expect(values).toEqual([
    ['bdSeq', undefined, 7],
    ['Node Control/Rebirth', undefined, false],
    ['Spindle/Speed', '1', -5],
    ['Temperature', '2', Math.fround(24.55)],
    ['Parts', '3', -3],
    ['Parts made', '300', 9007199254740992],
    ['Running', '4', true],
    ['Door', '5', -1],
    ['Serial', undefined, 'VM-1'],
    ['Level', '6', null],
    ['Table', undefined, 'other'],
  ])
  expect(payload.metrics[2]!.timestamp).toBe(1767225599000)
  expect(readSparkplug(Buffer.from(data, 'hex'))!.metrics).toEqual([
    { name: undefined, alias: '1', timestamp: 1767225600500, type: 3, historical: true, value: 8000n },
  ])
})

test('a payload that ends too early, anywhere, is refused or reads as the fewer metrics that were whole', () => {
  const whole = Buffer.from(birth, 'hex')
  const all = readSparkplug(whole)!.metrics
  for (let length = 0; length < whole.length; length++) {
    const metrics = readSparkplug(whole.subarray(0, length))?.metrics ?? []
    expect(metrics).toEqual(all.slice(0, metrics.length))
  }
})

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))])
const field = (number: number, bytes: readonly number[]) => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes]

test.each([
  ['a length beyond the end', [0x12, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ['a length that is negative as 32 bits', [0x12, ...[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]]],
  ['a varint without an end', Array.from({ length: 1000 }, () => 0xff)],
  ['groups in groups', Array.from({ length: 200_000 }, () => 0x2b)],
  ['a name that is no UTF-8', field(2, field(1, [0xc3, 0x28]))],
  ['a name with a NUL', field(2, field(1, [0x61, 0]))],
  [
    'a name that is too long',
    field(
      2,
      field(
        1,
        Array.from({ length: 257 }, () => 0x61),
      ),
    ),
  ],
  ['a sequence number beyond 255', [0x18, 0x80, 0x02]],
  ['a number where a message belongs', [0x10, 0x01]],
  ['a field beyond its message', [0x12, 0x02, 0x0a, 0x05, 1, 2, 3, 4, 5]],
  ['too many metrics', Array.from({ length: readingLimits.readings + 1 }, () => [0x12, 0x00]).flat()],
])('%s is refused', (_, bytes) => {
  expect(readSparkplug(Uint8Array.from(bytes))).toBeNull()
})

test('templates in templates are not entered, however deep', () => {
  let inner: number[] = []
  for (let depth = 0; depth < 300; depth++) inner = field(2, field(18, inner))
  expect(readSparkplug(Uint8Array.from(inner))!.metrics[0]!.value).toBe('other')
})

test('whatever bytes come, they are read or refused', () => {
  const mutated = fc
    .tuple(fc.nat(birth.length / 2 - 1), fc.integer({ min: 0, max: 255 }))
    .map(([at, byte]) => Uint8Array.from(Buffer.from(birth, 'hex')).with(at, byte))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), bytes => {
      const payload = readSparkplug(bytes)
      for (const { value, type } of payload?.metrics ?? []) meantBy(value, type ?? 0)
    }),
    { numRuns: 2000 },
  )
})

test('what is written is read again', () => {
  const type = fc.constantFrom(...(Object.keys(sparkplugTypes) as (keyof typeof sparkplugTypes)[]))
  fc.assert(
    fc.property(type, fc.integer({ min: -100, max: 100 }), fc.nat(1000), (kind, number, alias) => {
      const value = kind === 'Boolean' ? number > 0 : kind.startsWith('U') ? Math.abs(number) : number
      const bytes = writeSparkplug({ timestamp: 5, seq: 3, metrics: [{ name: 'a', alias, type: kind, value }] })
      const metric = readSparkplug(bytes)!.metrics[0]!
      expect(meantBy(metric.value, metric.type!)).toBe(value)
      expect(metric.alias).toBe(String(alias))
    }),
  )
})
