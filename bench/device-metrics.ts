import { chance } from '../portal/test/chance.ts'

/** What a measured machine reports: six metrics that go their way, most with two decimals. */
export const deviceMetrics = [
  { key: 'spindle_speed', unit: '1/min', min: 0, max: 20_000, decimals: 0, base: 8000, swing: 40 },
  { key: 'spindle_load', unit: '%', min: 0, max: 200, decimals: 2, base: 60, swing: 1.5 },
  { key: 'vibration', unit: 'mm/s', min: 0, max: 50, decimals: 2, base: 1.2, swing: 0.08 },
  { key: 'bearing_temperature', unit: 'Cel', min: -40, max: 150, decimals: 2, base: 48, swing: 0.05 },
  { key: 'coolant_temperature', unit: 'Cel', min: -40, max: 150, decimals: 2, base: 24, swing: 0.04 },
  { key: 'air_pressure', unit: 'bar', min: 0, max: 16, decimals: 2, base: 6.2, swing: 0.01 },
] as const

/** Messages of one machine: values that wander slowly and shake a little, as sensors do. */
export function measuredMachine(seed: number): (at: number) => Buffer {
  const { next: draw } = chance(seed)
  const drift = deviceMetrics.map(() => 0)
  return at => {
    const values = deviceMetrics.map(({ base, swing, decimals }, i) => {
      drift[i] = drift[i]! * 0.999 + (draw() - 0.5) * swing * 0.1
      return (base + drift[i]! + (draw() - 0.5) * swing).toFixed(decimals)
    })
    const [speed, load, vibration, bearing, coolant, air] = values
    return Buffer.from(
      `{"sentAt":${Date.now()},"readings":[{"at":${at},"values":{"spindle_speed":${speed},"spindle_load":${load},"vibration":${vibration},"bearing_temperature":${bearing},"coolant_temperature":${coolant},"air_pressure":${air}}}]}`,
    )
  }
}
