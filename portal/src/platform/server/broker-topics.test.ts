import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches, mayPublish, maySubscribe, ownerOf, readDeviceTopic, topicToDevice } from './broker-topics.ts'

const id = '0199a000-0000-7000-8000-000000000001'
const other = '0199a000-0000-7000-8000-000000000002'

test.each([
  [`fettle/${id}/readings`, 'readings', null],
  [`fettle/${id}/a/b/c`, 'a/b/c', null],
  [`spBv1.0/Plant 1/NDATA/${id}`, '', { group: 'Plant 1', type: 'NDATA', device: null }],
  [`spBv1.0/Plant 1/DBIRTH/${id}/spindle`, '', { group: 'Plant 1', type: 'DBIRTH', device: 'spindle' }],
])('%s is the device’s to write', (topic, below, sparkplug) => {
  expect(readDeviceTopic(topic)).toEqual({ deviceId: id, topic: below, sparkplug })
  expect(mayPublish(id, topic)).toBe(true)
  expect(mayPublish(other, topic)).toBe(false)
})

test.each([
  `fettle/${id}`,
  `fettle/${id}/`,
  `fettle/${id}/down/settings`,
  `fettle/${id}/a//b`,
  `fettle/${id}/#`,
  `fettle/+/readings`,
  `fettle/${id.toUpperCase()}/readings`,
  `fettle/${id}/a\u0000b`,
  `fettle/${id}/${'x/'.repeat(20)}x`,
  `fettle/${id}/${'x'.repeat(600)}`,
  `/fettle/${id}/readings`,
  `Fettle/${id}/readings`,
  `spBv1.0/g/NCMD/${id}`,
  `spBv1.0/g/DDATA/${id}`,
  `spBv1.0/g/NDATA/${id}/spindle`,
  `spBv1.0//NDATA/${id}`,
  `spBv1.0/g/STATE/${id}`,
  '$SYS/broker/uptime',
  '$share/fettle/x',
  'refused',
  '',
])('%j is nobody’s to write', topic => expect(readDeviceTopic(topic)).toBeNull())

test.each([
  `fettle/${id}/#`,
  `fettle/${id}/down/+`,
  `fettle/${id}/+/x`,
  `spBv1.0/+/+/${id}/#`,
  `spBv1.0/g/NCMD/${id}`,
  `spBv1.0/g/DCMD/${id}/+`,
])('%s is the device’s to hear', filter => {
  expect(maySubscribe(id, filter)).toBe(true)
  expect(maySubscribe(other, filter)).toBe(false)
})

test.each([
  '#',
  '+/#',
  '+/+/+',
  'fettle/#',
  'fettle/+/down/#',
  `fettle/${id}`,
  `+/${id}/#`,
  `fettle/${id}/x#`,
  `fettle/${id}/#/x`,
  `fettle/${id}/a+`,
  'spBv1.0/#',
  `spBv1.0/g/#`,
  `spBv1.0/g/NCMD/+`,
  `spBv1.0/g/NCMD/${other}`,
  `spBv1.0/g/NCMD/${id}/a/b`,
  '$SYS/#',
  `$share/x/fettle/${id}/#`,
  '',
])('%j is nobody’s to hear', filter => expect(maySubscribe(id, filter)).toBe(false))

/** Topics and filters of any levels, more often than not near those that mean something. */
const level = fc.constantFrom('fettle', 'spBv1.0', 'down', 'NDATA', 'NCMD', id, other, '+', '#', '', '$SYS', 'x', 'g')
const anything = fc.array(level, { minLength: 1, maxLength: 6 }).map(levels => levels.join('/'))

test('no filter a device may hear matches a topic that is another’s, and none it may write is another’s', () => {
  fc.assert(
    fc.property(anything, anything, (filter, topic) => {
      const owner = ownerOf(topic)
      if (maySubscribe(id, filter) && matches(filter, topic)) expect(owner).toBe(id)
      if (mayPublish(id, topic)) expect(owner).toBe(id)
      expect(mayPublish(id, topic) && mayPublish(other, topic)).toBe(false)
    }),
    { numRuns: 20_000 },
  )
})

test('filters match as MQTT says', () => {
  const cases: [string, string, boolean][] = [
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a', false],
    ['a/+', 'a/b/c', false],
    ['a/+/c', 'a/b/c', true],
    ['a', 'a/b', false],
    ['a/b', 'a', false],
  ]
  for (const [filter, topic, fits] of cases) expect([filter, topic, matches(filter, topic)]).toEqual([filter, topic, fits])
})

test('what the portal says to a device lies where the device cannot write', () => {
  for (const topic of ['settings', { group: 'g', type: 'NCMD' as const }, { group: 'g', type: 'DCMD' as const, device: 'd' }]) {
    const whole = topicToDevice({ deviceId: id, topic })
    expect(ownerOf(whole)).toBe(id)
    expect(mayPublish(id, whole)).toBe(false)
  }
  for (const topic of ['', 'a/+', 'a\u0000', `../${other}/x//`]) expect(() => topicToDevice({ deviceId: id, topic })).toThrow()
})
