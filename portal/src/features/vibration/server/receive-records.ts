import { sql } from 'kysely'
import type { DeviceMessage, Platform } from '#platform/server'
import { judgeRecord, waveformTopic } from '../core/index.ts'
import { plansOfDevices } from './plan.ts'
import { readRecord } from './read-record.ts'
import type { VibrationTables } from './tables.ts'

/** Records of one machine that may wait to be computed. */
const mostWaiting = 500

/** The job by which records are computed, one line for all. */
export const analyseJobName = 'vibration.analyse'

/**
 * Keeps the records of vibration that machines send; on the disk when it resolves. What comes again is there once. What is wrong with one is
 * counted at its machine.
 */
export async function receiveRecords(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  const spoken = messages.filter(({ sparkplug, topic }) => sparkplug === null && topic === waveformTopic)
  if (spoken.length === 0) return
  const ids = [...new Set(spoken.map(({ deviceId }) => deviceId))]
  const [plans, waiting] = await Promise.all([plansOfDevices(platform.database, ids), waitingOf(platform, ids)])
  const rows = new Map<string, ReturnType<typeof rowOf>>()
  for (const { deviceId, payload, receivedAt } of spoken) {
    const said = readRecord(payload)
    const record = said === null ? 'payload' : judgeRecord(said, plans.get(deviceId)?.points ?? [], receivedAt)
    const count = (waiting.get(deviceId) ?? 0) + 1
    if (typeof record === 'string') platform.broker.refuse(deviceId, record)
    else if (count > mostWaiting) platform.broker.refuse(deviceId, 'backlog')
    else {
      waiting.set(deviceId, count)
      rows.set(`${deviceId} ${record.point.key} ${record.at.getTime()}`, rowOf(deviceId, receivedAt, record))
    }
  }
  if (rows.size === 0) return
  await platform.database.transaction(async () => {
    await platform.database
      .db<VibrationTables>()
      .insertInto('vibration_record')
      .values([...rows.values()])
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await platform.jobs.enqueue(analyseJobName, null, { singletonKey: 'all' })
  })
}

const rowOf = (
  deviceId: string,
  receivedAt: Date,
  { point, at, rate, speed, samples }: Exclude<ReturnType<typeof judgeRecord>, string>,
) => ({
  ...{ device_id: deviceId, point: point.key, at, received_at: receivedAt, rate, speed },
  samples: Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
})

async function waitingOf({ database }: Platform, deviceIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ device_id: string; waiting: number }>`
    select device_id, count(*)::int as waiting from vibration_record
    where samples is not null and device_id = any(${deviceIds}::uuid[]) group by device_id`.execute(
    database.db<VibrationTables>(),
  )
  return new Map(rows.map(({ device_id, waiting }) => [device_id, waiting]))
}
