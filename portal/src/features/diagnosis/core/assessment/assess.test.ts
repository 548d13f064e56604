import { expect, test } from 'vitest'
import { createMachine, type MachineOptions } from '../../../../../../examples/machine-simulator/machine.ts'
import { machiningCentre } from '../../../../../test/machining-centre.ts'
import { detectorVersion } from '../detection/detector.ts'
import { jumpsIn } from '../validity/jumps.ts'
import { assess, hourMs, newStanding, type Sample, type Standing } from './assess.ts'
import { findingsIn, learnNoFault } from './findings.ts'
import { healthIn, statusOf } from './health.ts'
import { type PlannedMetric, planFor, usedBy } from './plan.ts'

const { metrics, plan } = machiningCentre
const begin = Date.parse('2026-09-01T00:00:00Z')

function life(
  options: Partial<MachineOptions>,
  days: number,
  change: (sample: Sample, day: number) => Sample = same => same,
): Sample[] {
  const machine = createMachine({ seed: 7, spindle: { speed: 12_000, power: 15 }, begin: new Date(begin), ...options })
  return Array.from({ length: days * 480 }, (_, i) => {
    const at = begin + i * 180_000
    return change({ at, values: { ...machine.step(new Date(at)) } }, i / 480)
  })
}

/** What is opened, with the day on which it is. */
function opened(samples: Sample[], standing: Standing = newStanding()): { key: string; day: number }[] {
  let open = new Set<string>()
  const said: { key: string; day: number }[] = []
  assess(standing, plan, { samples, until: samples.at(-1)!.at }, at => {
    const found = findingsIn(standing, plan, open)
    for (const { key } of found) if (!open.has(key)) said.push({ key, day: (at - begin) / (24 * hourMs) })
    open = new Set(found.map(({ key }) => key))
  })
  return said
}

test('the plan of a type without settings: use by speed and load, counters and levels left out, each metric at its component', () => {
  expect(plan.regime).toEqual(['spindle_speed', 'spindle_load'])
  expect(plan.watched).toEqual([
    { key: 'spindle_temperature', component: 'spindle' },
    { key: 'spindle_vibration', component: 'spindle' },
    { key: 'bearing_temperature', component: 'spindle_bearing' },
    { key: 'coolant_pressure', component: 'coolant_pump' },
    { key: 'lubrication_pressure', component: null },
  ])
})

test('a metric belongs to the component its type says, and by its key where the type says none, or one that is there no more', () => {
  const declared = { lubrication_pressure: 'spindle_bearing', spindle_vibration: 'spindle_bearing', coolant_pressure: 'gone' }
  const said = metrics.map(metric => ({ ...metric, component: declared[metric.key as keyof typeof declared] ?? null }))
  const watched = planFor(said, ['spindle', 'spindle_bearing', 'coolant_pump']).watched
  expect(Object.fromEntries(watched.map(({ key, component }) => [key, component]))).toEqual({
    spindle_temperature: 'spindle',
    spindle_vibration: 'spindle_bearing',
    bearing_temperature: 'spindle_bearing',
    coolant_pressure: 'coolant_pump',
    lubrication_pressure: 'spindle_bearing',
  })
})

test('a type says what its metrics tell; where it says nothing of use names tell, and a metric without a unit is one like the others', () => {
  const kurtosis = { key: 'zhou_cheng', unit: '', name: { 'zh-CN': '', en: '' } }
  const said = (tells: Record<string, PlannedMetric['tells']>) =>
    planFor(
      [...metrics, kurtosis].map(metric => ({ ...metric, tells: tells[metric.key] ?? null })),
      [],
    )
  expect(said({}).watched.map(({ key }) => key)).toEqual([...plan.watched.map(({ key }) => key), 'zhou_cheng'])
  const declared = said({ zhou_cheng: 'mode', feed_rate: 'use', spindle_load: 'condition', coolant_pressure: 'other' })
  expect(declared.regime).toEqual(['feed_rate', 'zhou_cheng'])
  expect(declared.modes).toEqual(['zhou_cheng'])
  const watched = declared.watched.map(({ key }) => key)
  expect(watched).toContain('spindle_load')
  expect(watched).not.toContain('coolant_pressure')
  expect([usedBy(declared), usedBy(plan)]).toEqual(['feed_rate zhou_cheng!', 'spindle_speed spindle_load'])
})

test('a bearing that begins to wear is found by its warmth and its vibration, days before its end, and the machine is well until then', () => {
  const standing = newStanding()
  const said = opened(life({ fault: 'bearing', faultHours: 80, soundHours: 150 }, 27), standing)
  const day = (metric: string) => said.find(({ key }) => key === `drift:${metric}`)!.day
  expect(said[0]!.day).toBeGreaterThan(16) // the fault begins after some 16 days, and damage is complete after some 25
  expect(day('bearing_temperature')).toBeLessThan(20)
  expect(day('spindle_vibration')).toBeLessThan(20)
  const found = findingsIn(standing, plan, new Set())
  const health = healthIn(standing, plan, found)
  expect(health.find(({ component }) => component === 'spindle')!.index).toBeLessThan(40)
  expect(health.find(({ component }) => component === 'coolant_pump')!.index).toBe(100)
  expect(statusOf(health[0]!.index, { findings: found.length, doubts: 0 })).toBe('out-of-specification')
})

test('coolant that is lost shows at the coolant pump first', () => {
  const [first] = opened(life({ seed: 9, fault: 'coolant', faultHours: 200, soundHours: 150 }, 26))
  expect(first).toMatchObject({ key: 'drift:coolant_pressure' })
})

test('sound machines are left alone: in a month less than one finding for each', () => {
  const said = [1, 2, 3, 4].flatMap(seed => opened(life({ seed, hall: 20 + seed }, 44)))
  expect(said.length).toBeLessThanOrEqual(2)
})

test('a machine that is cold whenever work begins is not said to drift for it, and one that begins colder than it did is', () => {
  const sound = { seed: 5, hall: 25 }
  expect(opened(life(sound, 60))).toEqual([])
  const later = life(sound, 60, (sample, day) => ({
    ...sample,
    values: { ...sample.values, spindle_temperature: sample.values.spindle_temperature! - (day > 30 ? 8 : 0) },
  }))
  expect(opened(later).find(({ key }) => key === 'drift:spindle_temperature')!.day).toBeLessThan(31)
})

test('a sensor that shows the same whatever the machine does is doubted', () => {
  let value = 0
  const samples = life({}, 20, (sample, day) => {
    if (day < 16) value = sample.values.lubrication_pressure!
    return { ...sample, values: { ...sample.values, lubrication_pressure: value } }
  })
  expect(opened(samples).map(({ key }) => key)).toContain('stuck:lubrication_pressure')
})

/** As samples come from readings, where it is declared how fast a bearing can warm up. */
function checked(samples: Sample[]): Sample[] {
  const points = samples.map(({ at, values }) => ({ at, value: values.bearing_temperature! }))
  const jumps = new Set(jumpsIn(points, { maxRate: 0.1, decimals: 1 }))
  return samples.map(sample => (jumps.has(sample.at) ? { ...sample, jumped: ['bearing_temperature'] } : sample))
}

test('a loose contact of a thermometer raises nothing about the bearing, only that it is not judged; unchecked it would', () => {
  const samples = life({ fault: 'sensor', faultHours: 60, soundHours: 150 }, 24)
  expect(opened(samples).map(({ key }) => key)).toContain('drift:bearing_temperature')
  const standing = newStanding()
  const said = opened(checked(samples), standing)
  expect(said.map(({ key }) => key)).toEqual(['jump:bearing_temperature'])
  const [found] = findingsIn(standing, plan, new Set())
  expect(found).toMatchObject({ kind: 'jump', component: null })
  expect(found!.doubt!.unused).toBeGreaterThan(500)
  expect(healthIn(standing, plan, [found!]).every(({ index }) => index > 60)).toBe(true)
  expect(statusOf(100, { findings: 0, doubts: 1 })).toBe('function-check')
  expect(learnNoFault(standing, 'jump:bearing_temperature')).toBe(true)
  expect(findingsIn(standing, plan, new Set())).toEqual([])
})

test('a thermometer that jumped and stays where it is is not judged; once it reads as usual for an hour it is again', () => {
  const offset = (sample: Sample, day: number) => ({
    ...sample,
    values: { ...sample.values, bearing_temperature: sample.values.bearing_temperature! + (day > 17 && day < 20 ? 35 : 0) },
  })
  const samples = checked(life({}, 24, offset))
  const [standing, until] = [newStanding(), samples.findIndex(({ at }) => at > begin + 20 * 24 * hourMs - 1)]
  expect(opened(samples.slice(0, until), standing).map(({ key }) => key)).toEqual(['jump:bearing_temperature'])
  expect(findingsIn(standing, plan, new Set()).map(({ key }) => key)).toEqual(['jump:bearing_temperature'])
  opened(samples.slice(until), standing)
  expect(findingsIn(standing, plan, new Set())).toEqual([])
})

test('a metric that does not come while the machine reports is missed, and none that this machine never had', () => {
  const lost = (sample: Sample, day: number) => {
    const { lubrication_pressure, coolant_pressure: _, ...values } = sample.values
    return { ...sample, values: day > 17 ? values : { ...values, lubrication_pressure: lubrication_pressure! } }
  }
  expect(opened(life({}, 20, lost)).map(({ key }) => key)).toEqual(['gap:lubrication_pressure'])
})

test('what a look at the machine found to be no fault is usual from then on', () => {
  const warmer = (sample: Sample, day: number) => ({
    ...sample,
    values: { ...sample.values, spindle_temperature: sample.values.spindle_temperature! + (day > 17 ? 12 : 0) },
  })
  const samples = life({}, 30, warmer)
  const half = samples.findIndex(({ at }) => at > begin + 22 * 24 * hourMs)
  const standing = newStanding()
  expect(opened(samples.slice(0, half), standing).map(({ key }) => key)).toContain('drift:spindle_temperature')
  expect(learnNoFault(standing, 'drift:spindle_temperature')).toBe(true)
  expect(opened(samples.slice(half), standing).map(({ key }) => key)).not.toContain('drift:spindle_temperature')
  expect(learnNoFault(standing, 'drift:no_such')).toBe(false)
})

test('kept as text and taken up again it goes on as if nothing had been, and what is older than was seen is left out', () => {
  const samples = life({}, 16)
  const [whole, half] = [newStanding(), newStanding()]
  opened(samples, whole)
  opened(samples.slice(0, 3000), half)
  const again = JSON.parse(JSON.stringify(half)) as Standing
  opened(
    [...samples.slice(0, 2000), ...samples.slice(3000)].sort((a, b) => a.at - b.at),
    again,
  )
  expect(again.knownSince).toBe(whole.knownSince)
  expect(again.courses.spindle_vibration!.middle).toBe(whole.courses.spindle_vibration!.middle)
})

test('what was kept of an older detector of what is sudden is left, and it begins anew', () => {
  const samples = life({}, 20)
  const standing = newStanding()
  opened(samples.slice(0, 18 * 480), standing)
  const old = JSON.parse(
    JSON.stringify({ ...standing, detectors: { spindle_vibration: { learning: 168, seen: 60 } } }),
  ) as Standing
  opened(samples.slice(18 * 480), old)
  expect(old.detectors.spindle_vibration!.version).toBe(detectorVersion)
  expect(old.detectors.spindle_vibration!.seen).toBeLessThan(50)
})
