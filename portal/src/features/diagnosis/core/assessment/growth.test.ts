import { expect, test } from 'vitest'
import { createMachine } from '../../../../../../examples/machine-simulator/machine.ts'
import { chance } from '../../../../../test/chance.ts'
import { assess, hourMs, newStanding, type Sample, type Standing } from './assess.ts'
import { findingsIn, learnNoFault } from './findings.ts'
import { growthOf } from './growth.ts'
import { healthIn } from './health.ts'
import type { Plan } from './plan.ts'

const plan: Plan = {
  regime: ['spindle_speed', 'spindle_load'],
  modes: [],
  watched: [
    { key: 'spindle_temperature', component: 'spindle' },
    { key: 'spindle_vibration', component: 'spindle' },
    { key: 'coolant_pressure', component: 'coolant_pump' },
  ],
  learningDays: 14,
}
const begin = Date.parse('2026-09-01T00:00:00Z')
const dayMs = 24 * hourMs

type Values = Record<string, number>

/** What a sound machine says, every three minutes, changed by the day. */
function life(days: number, change: (values: Values, day: number) => Values, seed = 7): Sample[] {
  const machine = createMachine({ seed, spindle: { speed: 12_000, power: 15 }, begin: new Date(begin) })
  return Array.from({ length: days * 480 }, (_, i) => {
    const at = begin + i * 180_000
    return { at, values: change({ ...machine.step(new Date(at)) } as unknown as Values, i / 480) }
  })
}

interface Seen {
  standing: Standing
  /** keys of findings with the day on which they were opened */
  opened: { key: string; day: number }[]
  /** what is learned later, at the end of each hour */
  later: { day: number; keys: string[] }[]
}

function live(samples: readonly Sample[], standing: Standing = newStanding(), of: Plan = plan): Seen {
  const seen: Seen = { standing, opened: [], later: [] }
  let open = new Set<string>()
  assess(standing, of, { samples, until: samples.at(-1)!.at }, at => {
    const day = (at - begin) / dayMs
    const found = findingsIn(standing, of, open)
    for (const { key } of found) if (!open.has(key)) seen.opened.push({ key, day })
    open = new Set(found.map(({ key }) => key))
    seen.later.push({ day, keys: growthOf(standing, of).later.map(({ metric, use }) => metric ?? `${use[0]!.from}`) })
  })
  return seen
}

const lastDay = ({ later }: Seen, is: (key: string) => boolean) => later.findLast(({ keys }) => keys.some(is))?.day

test('a metric that first comes later has a learning time of its own, in which nothing is said of it, and is judged afterwards', () => {
  // fitted on day 16, and lower from day 24 on: that is how it is; lower again on day 40: that is a fault
  const fitted = life(44, ({ coolant_pressure, ...values }, day) =>
    day < 16 ? values : { ...values, coolant_pressure: coolant_pressure! * (day < 40 ? 1 : 0.5) },
  )
  const early = live(fitted.filter(({ at }) => at < begin + 20 * dayMs))
  expect(growthOf(early.standing, plan)).toMatchObject({ judged: ['spindle_temperature', 'spindle_vibration'] })
  expect(growthOf(early.standing, plan).later[0]).toMatchObject({ metric: 'coolant_pressure', use: [], waits: false })
  expect(healthIn(early.standing, plan, []).map(({ component }) => component)).toEqual([null, 'spindle'])
  const seen = live(fitted)
  expect(lastDay(seen, key => key === 'coolant_pressure')).toBeGreaterThan(29)
  expect(lastDay(seen, key => key === 'coolant_pressure')).toBeLessThan(40)
  expect(seen.opened.filter(({ key }) => key.endsWith('coolant_pressure'))[0]!.day).toBeGreaterThan(40)
  expect(seen.opened.map(({ key }) => key)).toContain('drift:coolant_pressure')
  expect(healthIn(seen.standing, plan, []).map(({ component }) => component)).toEqual([null, 'spindle', 'coolant_pump'])
})

test('the pattern takes in a metric that came later, once it is judged and days enough have passed, and finds by the old one meanwhile', () => {
  const { next } = chance(3)
  const noise = () => 0.1 * (next() - 0.5)
  // a second sensor of what goes up and down by the hour, fitted on day 16; from some day on it goes down and up, never farther than is usual of it
  const twin = (parted: number) =>
    life(58, (values, day) => {
      const wave = 0.3 * Math.sin(2 * Math.PI * day * 3.4)
      const flow = 5 + (day < parted ? wave : -wave) + noise()
      return { ...values, coolant_pressure: 5 + wave + noise(), ...(day < 16 ? {} : { flow }) }
    })
  const both: Plan = { ...plan, watched: [...plan.watched, { key: 'flow', component: 'coolant_pump' }] }
  const patterns = ({ opened }: Seen) => opened.filter(({ key }) => key === 'pattern').map(({ day }) => day)
  const samples = twin(54)
  const early = live(
    samples.filter(({ at }) => at < begin + 40 * dayMs),
    newStanding(),
    both,
  )
  expect(growthOf(early.standing, both).judged).toContain('flow')
  expect(early.standing.order).toEqual(plan.watched.map(({ key }) => key))
  expect(early.standing.pattern!.directions[0]).toHaveLength(3)
  const late = live(samples, early.standing, both)
  expect(late.standing.order).toEqual(both.watched.map(({ key }) => key))
  expect(patterns(late).filter(day => day > 54).length).toBe(1)
  // before it is in the pattern nobody sees that they part
  const unseen = live(
    twin(34).filter(({ at }) => at < begin + 44 * dayMs),
    newStanding(),
    both,
  )
  expect(patterns(unseen).filter(day => day > 34)).toEqual([])
})

test('a pattern that is learned anew takes in no hour in which something is out of what is usual', () => {
  const samples = life(44, ({ coolant_pressure, spindle_vibration, ...values }, day) => ({
    ...values,
    spindle_vibration: spindle_vibration! * (day < 34 ? 1 : 3),
    ...(day < 16 ? {} : { coolant_pressure: coolant_pressure! }),
  }))
  const { standing, opened } = live(samples)
  expect(opened.map(({ key }) => key)).toContain('drift:spindle_vibration')
  const lastDay = Math.floor(begin / dayMs) + 36
  expect(standing.growing!.order).toContain('coolant_pressure')
  expect(standing.growing!.hours.length).toBeGreaterThan(10)
  expect(standing.growing!.day).toBeLessThan(lastDay)
})

/** From day 16 on every second day far faster than before, where it vibrates otherwise. factor: of how much it vibrates */
const faster =
  (factor: (day: number, fast: boolean) => number) =>
  ({ spindle_speed, spindle_vibration, ...values }: Values, day: number): Values => {
    const fast = day >= 16 && Math.floor(day) % 2 === 0 && spindle_speed! > 600
    return {
      ...values,
      spindle_speed: spindle_speed! + (fast ? 14_000 : 0),
      spindle_vibration: spindle_vibration! * (fast ? 4 : 1) * factor(day, fast),
    }
  }

test('a way of use that first comes later is learned in days of its own, raises nothing meanwhile, and is judged afterwards', () => {
  // at last it vibrates more, but only where it is fast
  const samples = life(
    66,
    faster((day, fast) => (fast && day > 54 ? 1.6 : 1)),
  )
  const standing = newStanding()
  const until = (day: number) => samples.filter(({ at }) => at < begin + day * dayMs)
  const young = live(until(20), standing)
  const range = growthOf(standing, plan).later.at(-1)!
  expect(range).toMatchObject({ metric: null, waits: false })
  expect(range.use.map(({ metric }) => metric)).toEqual(['spindle_speed', 'spindle_load'])
  expect(range.use[0]!.from).toBeGreaterThan(12_000)
  expect(range.left).toBeGreaterThan(8)
  const sound = live(until(54), standing)
  expect([...young.opened, ...sound.opened].filter(({ key }) => key === 'drift:spindle_vibration')).toEqual([])
  expect(live(samples, standing).opened.map(({ key }) => key)).toContain('drift:spindle_vibration')
})

test('each program is a way of use by itself, and what only counts is not judged, whatever it is called', () => {
  const samples = life(18, ({ spindle_vibration, ...values }, day) => {
    const program = Math.floor(day * 24) % 2 === 0 ? -7 : 12
    const zong_shu = Math.floor(day * 240)
    return { ...values, program, zong_shu, spindle_vibration: spindle_vibration! + (program === 12 ? 3 : 0) }
  })
  const watched = [...plan.watched, { key: 'zong_shu', component: null }]
  const programs: Plan = { ...plan, regime: ['program', 'spindle_speed'], modes: ['program'], watched }
  const { standing, opened } = live(samples, newStanding(), programs)
  const means = (mode: string) =>
    Object.entries(standing.baseline).flatMap(([use, usual]) =>
      use.startsWith(`${mode}-`) && usual.spindle_vibration ? [usual.spindle_vibration[1]] : [],
    )
  expect(Math.min(...means('m12'))).toBeGreaterThan(3)
  expect(means('mn7').length).toBeGreaterThan(2)
  expect(opened).toEqual([])
  const growth = growthOf(standing, programs)
  expect(growth.judged).toEqual(plan.watched.map(({ key }) => key))
  expect(growth.later.some(({ metric }) => metric === 'zong_shu')).toBe(false)
  for (const { use } of growth.later) expect([-7, 12]).toContain(use[0]!.from)
})

test('while something is found at what it belongs to nothing new is learned of it; a look that found no fault ends that', () => {
  const louder = (values: Values, day: number): Values => faster(() => (day > 15 ? 2 : 1))(values, day < 18 ? 15 : day)
  const samples = life(26, louder)
  const { standing, opened } = live(samples.filter(({ at }) => at < begin + 22 * dayMs))
  expect(opened.map(({ key }) => key)).toContain('drift:spindle_vibration')
  const fast = () =>
    Object.entries(standing.baseline)
      .filter(([regime]) => Number(regime.split('-')[0]) > 6)
      .map(([, { spindle_vibration, coolant_pressure }]) => [spindle_vibration?.[0] ?? 0, coolant_pressure?.[0] ?? 0])
  expect(fast().every(([vibration, pressure]) => vibration === 0 && pressure! > 0)).toBe(true)
  for (const key of ['drift:spindle_vibration', 'pattern']) expect(learnNoFault(standing, key)).toBe(true)
  live(samples, standing)
  expect(fast().some(([vibration]) => vibration! > 0)).toBe(true)
})

test('a machine that never tells of a metric of its use is judged by the others, and what the metric tells later is a new way of use', () => {
  const seen = live(
    life(20, ({ spindle_load, ...values }, day) => (day < 17 ? values : { ...values, spindle_load: spindle_load! })),
  )
  expect(seen.standing.knownSince).not.toBeNull()
  expect(growthOf(seen.standing, plan).judged).toEqual(plan.watched.map(({ key }) => key))
  expect(Object.keys(seen.standing.baseline).some(regime => /^\d-x$/.test(regime))).toBe(true)
  expect(growthOf(seen.standing, plan).later.some(({ use }) => use.length === 2)).toBe(true)
})
