import { expect, test } from 'vitest'
import { createMachine, type MachineOptions, type Sensors } from './machine.ts'

const begin = Date.parse('2026-11-02T00:00:00Z') // a Monday
const spindle = { speed: 12_000, power: 15 }

function run(options: Partial<MachineOptions>, days: number, everySeconds = 20): { at: Date; sensors: Sensors }[] {
  const machine = createMachine({ seed: 7, spindle, begin: new Date(begin), ...options })
  return Array.from({ length: (days * 86_400) / everySeconds }, (_, i) => {
    const at = new Date(begin + i * everySeconds * 1000)
    return { at, sensors: machine.step(at) }
  })
}
const atSpeed = (rows: { sensors: Sensors }[]) => rows.filter(({ sensors }) => sensors.spindle_speed > 6000)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test('the same seed and beginning give the same life, however often it is looked at', () => {
  const lived = (rows: ReturnType<typeof run>) => rows.at(-1)!.sensors
  const [often, seldom] = [lived(run({}, 1, 20)), lived(run({}, 1, 3600))]
  expect(run({}, 1, 60)).toEqual(run({}, 1, 60))
  expect(Math.abs(often.parts_made - seldom.parts_made)).toBeLessThan(40) // they end within an hour of each other
  expect(lived(run({}, 1, 20)).parts_made).toBe(lived(run({}, 1, 10)).parts_made)
})

test('what its sensors say is in their range', () => {
  for (const fault of [undefined, 'bearing', 'coolant', 'balance'] as const) {
    const said = run({ ...(fault ? { fault } : {}), faultHours: 30 }, 5).map(({ sensors }) => sensors)
    const most = (key: keyof Sensors) => said.reduce((high, sensors) => Math.max(high, sensors[key]), 0)
    expect(said.every(sensors => Object.values(sensors).every(value => value >= 0))).toBe(true)
    expect(most('spindle_speed')).toBeLessThan(spindle.speed * 1.01)
    expect(most('spindle_load')).toBeLessThan(150)
    expect(most('bearing_temperature')).toBeLessThan(110)
    expect(most('spindle_vibration')).toBeLessThan(30)
    expect(most('coolant_level')).toBeLessThanOrEqual(100)
    expect(most('feed_rate')).toBeLessThan(20_000)
  }
})

test('it rests at night, and cools down to the hall', () => {
  const rows = run({}, 7)
  const night = rows.filter(({ at }) => at.getUTCHours() === 21) // five in the morning
  expect(night.every(({ sensors }) => sensors.spindle_speed === 0)).toBe(true)
  expect(mean(night.map(({ sensors }) => sensors.bearing_temperature))).toBeLessThan(23)
  expect(mean(atSpeed(rows).map(({ sensors }) => sensors.bearing_temperature))).toBeGreaterThan(26)
})

test('a damaged bearing shakes and warms more, week by week', () => {
  const rows = atSpeed(run({ fault: 'bearing', faultHours: 60 }, 12))
  const third = Math.floor(rows.length / 3)
  const [early, late] = [rows.slice(0, third), rows.slice(-third)]
  const of = (key: keyof Sensors) => [early, late].map(part => mean(part.map(({ sensors }) => sensors[key])))
  const [vibration, temperature] = [of('spindle_vibration'), of('bearing_temperature')]
  expect(vibration[1]! / vibration[0]!).toBeGreaterThan(2)
  expect(temperature[1]! - temperature[0]!).toBeGreaterThan(5)
  const healthy = atSpeed(run({}, 12))
  expect(mean(healthy.map(({ sensors }) => sensors.spindle_vibration))).toBeLessThan(vibration[1]! / 2)
})
