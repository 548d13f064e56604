import { createMachine, type Fault, type MachineOptions } from '../examples/machine-simulator/machine.ts'
import { assess, findingsIn, newStanding, type Sample } from '../portal/src/features/diagnosis/core/index.ts'
import { machiningCentre } from '../portal/test/machining-centre.ts'
import { type Measure, median, round } from './harness.ts'

const { plan } = machiningCentre
const begin = Date.parse('2026-09-01T00:00:00Z')
const [dayMs, everyMs] = [86_400_000, 180_000]
const seeds = [1, 2, 3, 4, 5, 6]
/** of work, before something goes wrong: beyond the learning time */
const soundHours = 150

interface Life {
  samples: Sample[]
  /** days from its beginning on which the fault began, and was as bad as it gets; null: it was not */
  fault: { began: number | null; complete: number | null }
}

/** What a simulated machine says of its life, every three minutes. */
function live(
  options: Partial<MachineOptions>,
  days: number,
  change: (values: Sample['values'], day: number) => Sample['values'],
): Life {
  const machine = createMachine({ seed: 1, spindle: { speed: 12_000, power: 15 }, begin: new Date(begin), ...options })
  const fault: Life['fault'] = { began: null, complete: null }
  const samples = Array.from({ length: (days * dayMs) / everyMs }, (_, i) => {
    const at = begin + i * everyMs
    const day = (at - begin) / dayMs
    const values = { ...machine.step(new Date(at)) }
    const damage = machine.wrong()?.damage ?? 0
    if (damage > 0) fault.began ??= day
    if (damage >= 1) fault.complete ??= day
    return { at, values: change(values, day) }
  })
  return { samples, fault }
}

const isDrift = (key: string) => key.startsWith('drift:')

const unchanged = (values: Sample['values']) => values

/** Keys of what is found, with the day on which it first is each time. */
function found({ samples }: Life): { key: string; day: number }[] {
  const standing = newStanding()
  let open = new Set<string>()
  const said: { key: string; day: number }[] = []
  assess(standing, plan, { samples, until: samples.at(-1)!.at }, at => {
    const now = new Set(findingsIn(standing, plan, open).map(({ key }) => key))
    for (const key of now) if (!open.has(key)) said.push({ key, day: (at - begin) / dayMs })
    open = now
  })
  return said
}

/** From day 16 on every second day far faster than before, where it vibrates four times as much: a way of use that was not there while it learned. */
function faster(values: Sample['values'], day: number): Sample['values'] {
  const { spindle_speed: speed = 0, spindle_vibration: vibration = 0 } = values
  const fast = day >= 16 && Math.floor(day) % 2 === 0 && speed > 600
  return fast ? { ...values, spindle_speed: speed + 14_000, spindle_vibration: vibration * 4 } : values
}

/** What is found at simulated machining centres, six of each kind: with a fault, sound, and sound in a way of use that comes later. */
export async function simulated(): Promise<Measure[]> {
  const results: Measure[] = []
  for (const fault of ['bearing', 'coolant', 'balance'] as const satisfies Fault[]) {
    const lives = seeds.map(seed => live({ seed, hall: 20 + seed, fault, soundHours }, 44, unchanged))
    const firsts = lives.map(life => found(life).find(({ key, day }) => isDrift(key) && day >= (life.fault.began ?? 0)))
    const after = firsts.flatMap((first, i) => (first ? [first.day - lives[i]!.fault.began!] : []))
    const ahead = firsts.flatMap((first, i) => (first && lives[i]!.fault.complete ? [lives[i]!.fault.complete - first.day] : []))
    results.push({ case: fault, metric: 'found as a drift', value: after.length, unit: `of ${lives.length}` })
    if (after.length > 0)
      results.push({ case: fault, metric: 'after it began, median', value: round(median(after)), unit: 'days' })
    if (ahead.length > 0)
      results.push({ case: fault, metric: 'before it was complete, median', value: round(median(ahead)), unit: 'days' })
  }
  for (const [kind, change] of [
    ['sound', unchanged],
    ['sound, a use that comes later', faster],
  ] as const) {
    const days = 74
    const perMachine = seeds.map(seed => found(live({ seed, hall: 20 + seed }, days, change)).map(({ key }) => key))
    const count = (is: (key: string) => boolean) => perMachine.flat().filter(is).length
    const months = (seeds.length * (days - plan.learningDays)) / 30
    const drift = count(isDrift)
    results.push({
      case: kind,
      metric: 'drift, which raises an alarm',
      value: drift,
      unit: 'findings',
      note: `${round(drift / months)} a machine-month, at ${perMachine.filter(keys => keys.some(isDrift)).length} of ${seeds.length} machines`,
    })
    results.push({
      case: kind,
      metric: 'drift of vibration among it',
      value: count(key => key === 'drift:spindle_vibration'),
      unit: 'findings',
    })
    results.push({ case: kind, metric: 'sudden, only shown', value: count(key => key.startsWith('sudden:')), unit: 'findings' })
    results.push({ case: kind, metric: 'pattern', value: count(key => key.startsWith('pattern')), unit: 'findings' })
  }
  return results
}
