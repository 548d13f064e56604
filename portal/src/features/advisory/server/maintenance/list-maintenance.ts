import { companyNames } from '#features/accounts/server'
import { typedDevices, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { dayIn } from '#features/offers/core'
import type { LocalizedText } from '#platform/core'
import type { Account, Platform } from '#platform/server'
import { byUrgency, type ListedTask, type MaintenanceList } from '../../core/index.ts'
import type { SignalSource } from '../signals.ts'
import { plans } from './plan.ts'
import { type Standing, standings } from './standing.ts'

const mostShown = 200

/** What is overdue, due or soon on all machines of which the account may see the present, most pressing first. */
export async function listMaintenance(
  platform: Platform,
  signalsOf: SignalSource,
  account: Account | null,
): Promise<MaintenanceList> {
  const pressing = await pressingTasks(platform, signalsOf, await visibleIntervals(platform, account, 'all'))
  const owners = account?.kind === 'staff' ? pressing.flatMap(({ device }) => device.ownerId ?? []) : []
  const names = await companyNames(platform.database, [...new Set(owners)])
  const items = pressing.map(
    ({ device: { id, serial, model, ownerId }, standing }): ListedTask => ({
      device: { id, serial, model },
      owner: (ownerId && names.get(ownerId)) ?? null,
      task: standing.task,
    }),
  )
  return { items: items.slice(0, mostShown), more: items.length > mostShown }
}

/** What is overdue, due or soon within these times, most pressing first. */
export async function pressingTasks(platform: Platform, signalsOf: SignalSource, intervals: readonly VisibleInterval[]) {
  const { database } = platform
  const [planned, { timeZone }] = await Promise.all([plans(database), readManufacturer(database)])
  const spans = Map.groupBy(intervals, ({ deviceId }) => deviceId)
  const devices = await typedDevices(database, { typeIds: [...planned.keys()], ids: [...spans.keys()] })
  const seen = devices.map(device => ({ device, spans: spans.get(device.id)! }))
  const standing = await standings(platform, signalsOf, seen, { plans: planned, today: dayIn(platform.now(), timeZone) })
  return devices
    .flatMap(device => (standing.get(device.id) ?? []).filter(isPressing).map(one => ({ device, standing: one })))
    .toSorted((a, b) => byUrgency(a.standing.task.due, b.standing.task.due))
}

/** What is overdue, due or soon by time and counters within these times, for the portal's own work. */
export async function dueMaintenanceOf(
  platform: Platform,
  intervals: readonly VisibleInterval[],
): Promise<{ deviceId: string; name: LocalizedText }[]> {
  const pressing = await pressingTasks(platform, async () => new Map(), intervals)
  return pressing.map(({ device, standing }) => ({ deviceId: device.id, name: standing.task.name }))
}

const isPressing = ({ task: { due } }: Standing): boolean => due.state !== 'later' && due.state !== 'unknown'
