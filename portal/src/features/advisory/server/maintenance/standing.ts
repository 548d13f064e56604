import { rulesOfTypes } from '#features/alarms/server'
import type { Metric, Span } from '#features/devices/core'
import { isVisible } from '#features/devices/core'
import { metricsOfDevices, type TypedDevice } from '#features/devices/server'
import { latestReadings, type SeriesPoint } from '#features/telemetry/server'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import { byUrgency, type DueTask, dueOf, type Signal, type Task } from '../../core/index.ts'
import type { SignalSource } from '../signals.ts'
import { type KeptRecord, lastRecords } from './records.ts'

/** A machine with the times of it that a reader may see. */
export interface SeenDevice {
  device: TypedDevice
  spans: readonly Span[]
}

/** What is due, with the record each task counts from. */
export interface Standing {
  task: DueTask
  since: KeptRecord | null
}

/**
 * How the plans of machines stand for one reader, by machine, most pressing first: reckoned by nothing that he may not see. Of machines of
 * which he sees no present there is nothing. What a task waits for stands in its rhythm, so by what he is not told none becomes due.
 * today: YYYY-MM-DD
 */
export async function standings(
  platform: Platform,
  signalsOf: SignalSource,
  seen: readonly SeenDevice[],
  { plans, today }: { plans: ReadonlyMap<string, Task[]>; today: string },
): Promise<Map<string, Standing[]>> {
  const planned = seen.filter(({ device, spans }) => plans.has(device.typeId) && spans.some(({ until }) => until === null))
  const ids = planned.map(({ device }) => device.id)
  const [metrics, latest, signals, records, rules] = await Promise.all([
    metricsOfDevices(platform.database, ids),
    latestReadings(platform, ids),
    signalsOf(platform, ids),
    lastRecords(platform.database, ids),
    rulesOfTypes(platform, [...new Set(planned.map(({ device }) => device.typeId))]),
  ])
  return new Map(
    planned.map(({ device, spans }) => {
      const facts = {
        metrics: metrics.get(device.id) ?? [],
        latest: latest.get(device.id) ?? new Map<string, SeriesPoint>(),
        signals: (signals.get(device.id) ?? []).filter(({ name, since }) => name && isVisible(new Date(since), spans)),
        rules: rules.get(device.typeId) ?? [],
        records: (records.get(device.id) ?? []).filter(({ at }) => isVisible(at, spans)),
      }
      const tasks = plans.get(device.typeId)!.map(task => standingOf(task, device, spans, { ...facts, today }))
      return [device.id, tasks.toSorted((a, b) => byUrgency(a.task.due, b.task.due))]
    }),
  )
}

interface Facts {
  metrics: readonly Metric[]
  latest: ReadonlyMap<string, SeriesPoint>
  signals: readonly Signal[]
  records: readonly KeptRecord[]
  rules: readonly { id: string; name: LocalizedText }[]
  today: string
}

function standingOf(task: Task, device: TypedDevice, spans: readonly Span[], facts: Facts): Standing {
  const { condition, counter, everyMonths, key, ...words } = task
  const since = facts.records.find(record => record.task === key) ?? null
  const metric = facts.metrics.find(one => one.key === counter?.metric)
  const point = metric && facts.latest.get(metric.key)
  const now = point && isVisible(new Date(point.at), spans) ? point.value : null
  const due = dueOf(task, {
    ...acquaintance(device, spans),
    last: since && { on: since.on, counter: since.counter },
    counter: now,
    signals: facts.signals,
    today: facts.today,
  })
  return {
    since,
    task: {
      ...{ ...words, key, everyMonths },
      condition: condition && { ...condition, name: facts.rules.find(({ id }) => id === condition.code)?.name ?? null },
      counter:
        counter && metric
          ? { metric: { key: metric.key, name: metric.name, unit: metric.unit }, every: counter.every, now }
          : null,
      due: { ...due, because: due.because?.name ?? null },
      last: since && { on: since.on, counter: since.counter },
    },
  }
}

/** Since when the reader knows the machine without a gap, and whether from its first day. */
function acquaintance(
  { deliveredOn, builtYear }: TypedDevice,
  spans: readonly Span[],
): { since: string | null; fromNew: boolean } {
  const present = spans.filter(({ until }) => until === null).map(({ from }) => from?.toISOString().slice(0, 10) ?? null)
  const known = present.includes(null) ? null : present.toSorted()[0]!
  const made = deliveredOn ?? (builtYear ? `${builtYear}-12-31` : null)
  if (known === null || (deliveredOn !== null && known <= deliveredOn)) return { since: made, fromNew: true }
  return { since: known, fromNew: false }
}
