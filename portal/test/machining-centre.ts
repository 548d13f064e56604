import { planFor } from '../src/features/diagnosis/core/index.ts'

const name = { 'zh-CN': '', en: '' }

const metrics = [
  ['spindle_speed', '1/min'],
  ['spindle_load', '%'],
  ['spindle_temperature', '°C'],
  ['spindle_vibration', 'mm/s'],
  ['bearing_temperature', '°C'],
  ['feed_rate', 'mm/min'],
  ['coolant_level', '%'],
  ['coolant_pressure', 'bar'],
  ['lubrication_pressure', 'bar'],
  ['parts_made', ''],
  ['spindle_hours', 'h'],
].map(([key, unit]) => ({ key: key!, unit: unit!, name }))

/** What the simulated machine measures, and how it is judged by that. */
export const machiningCentre = { metrics, plan: planFor(metrics, ['spindle', 'spindle_bearing', 'coolant_pump']) }
