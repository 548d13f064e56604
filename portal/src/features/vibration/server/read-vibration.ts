import { isVisible } from '#features/devices/core'
import { componentsOfDevices, demandVisible } from '#features/devices/server'
import { type Account, notFound, type Platform } from '#platform/server'
import { bearingFaults, type DeviceVibration, type RecordView, type Spectra, zones } from '../core/index.ts'
import { boundariesOf, floatsOf } from './analyse-records.ts'
import { plansOfDevices } from './plan.ts'
import type { KeptAnalysis, VibrationTables } from './tables.ts'

/** The last records of a machine of the times the account may see. 404 where nothing of the machine is its. */
export async function readVibration(platform: Platform, account: Account | null, deviceId: string): Promise<DeviceVibration> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const [plans, components, rows] = await Promise.all([
    plansOfDevices(platform.database, [deviceId]),
    componentsOfDevices(platform.database, [deviceId]),
    platform.database
      .db<VibrationTables>()
      .selectFrom('vibration_record')
      .select(['point', 'at', 'speed', 'analysis'])
      .where('device_id', '=', deviceId)
      .where('analysis', 'is not', null)
      .orderBy('at', 'desc')
      .execute(),
  ])
  const plan = plans.get(deviceId)
  return {
    withheld: !intervals.some(({ until }) => until === null),
    points: (plan?.points ?? []).map(point => {
      const { key, name, unit } = point
      const boundaries = boundariesOf(plan!, point)
      return {
        ...{ key, name, unit },
        component: components.get(deviceId)?.find(one => one.key === point.component)?.name ?? null,
        boundaries: boundaries && { name: boundaries.name, ab: boundaries.ab, bc: boundaries.bc, cd: boundaries.cd },
        records: rows
          .filter(row => row.point === key && isVisible(row.at, intervals))
          .map(row => shown(row.at, row.speed, row.analysis!)),
      }
    }),
  }
}

function shown(at: Date, speed: number | null, { values }: KeptAnalysis): RecordView {
  const { velocity, rms, peak, crest, kurtosis, zone } = values
  return {
    ...{ at: at.toISOString(), speed, zone: zone === undefined ? null : zones[zone]! },
    ...{ velocity: rounded(velocity), rms: rounded(rms), peak: rounded(peak) },
    ...{ crest: rounded(crest), kurtosis: rounded(kurtosis) },
  }
}

/** The spectra of one record. 404 where it is not there, any more, or of a time that is not the account's. */
export async function readSpectra(
  platform: Platform,
  account: Account | null,
  deviceId: string,
  { point, at }: { point: string; at: string },
): Promise<Spectra> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const row = await platform.database
    .db<VibrationTables>()
    .selectFrom('vibration_record')
    .select(['at', 'analysis', 'spectrum', 'envelope'])
    .where('device_id', '=', deviceId)
    .where('point', '=', point)
    .where('at', '=', new Date(at))
    .executeTakeFirst()
  if (!row?.analysis || !row.spectrum || !row.envelope || !isVisible(row.at, intervals))
    throw notFound({ 'zh-CN': '振动记录', en: 'record of vibration' })
  const { faults, spectrumStep, envelopeStep } = row.analysis
  const lines = (step: number, bytes: Buffer) => ({ step, values: Array.from(floatsOf(bytes), rounded) })
  return {
    spectrum: lines(spectrumStep, row.spectrum),
    envelope: lines(envelopeStep, row.envelope),
    faults: faults ? bearingFaults.map(fault => ({ fault, ...faults[fault] })) : [],
  }
}

const rounded = (value: number): number => Number(value.toPrecision(4))
