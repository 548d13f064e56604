import { plannedTask, serviceFacts } from '#features/advisory/server'
import { isByRule } from '#features/alarms/core'
import { alarmFacts } from '#features/alarms/server'
import { devicesById } from '#features/devices/server'
import { findingFacts } from '#features/diagnosis/server'
import { readEntitlement } from '#features/packages/server'
import type { Platform, ServerFeature } from '#platform/server'
import type { WebhookKind } from '../core/index.ts'
import { tellWebhooks } from './tell.ts'

type Alarming = Extract<WebhookKind, `alarm.${string}`>
type Finding = Extract<WebhookKind, `finding.${string}`>

/** Events of which programs are told, each with what they are told of it. */
export const listeners: NonNullable<ServerFeature['on']> = {
  'alarm.raised': [{ name: 'webhooks.alarm-raised', handle: ofAlarm('alarm.raised') }],
  'alarm.cleared': [{ name: 'webhooks.alarm-cleared', handle: ofAlarm('alarm.cleared') }],
  'alarm.acknowledged': [{ name: 'webhooks.alarm-acknowledged', handle: ofAlarm('alarm.acknowledged') }],
  'alarm.escalated': [{ name: 'webhooks.alarm-escalated', handle: ofAlarm('alarm.escalated') }],
  'finding.opened': [{ name: 'webhooks.finding-opened', handle: ofFinding('finding.opened') }],
  'finding.closed': [{ name: 'webhooks.finding-closed', handle: ofFinding('finding.closed') }],
  'maintenance.due': [{ name: 'webhooks.maintenance-due', handle: ofMaintenance }],
  'service.requested': [{ name: 'webhooks.service-requested', handle: ofService('service.requested') }],
  'service.moved': [{ name: 'webhooks.service-moved', handle: ofService('service.moved') }],
  'entitlement.granted': [{ name: 'webhooks.package-granted', handle: ofPackage('package.granted') }],
  'entitlement.ended': [{ name: 'webhooks.package-ended', handle: ofPackage('package.ended') }],
}

interface Event<Data> {
  id: string
  at: string
  data: Data
}

function ofAlarm(kind: Alarming) {
  return async ({ id, at, data }: Event<{ alarmId: string }>, platform: Platform): Promise<void> => {
    const [alarm] = await alarmFacts(platform, [data.alarmId])
    if (!alarm) return
    const { deviceId, severity, source, startedAt, own } = alarm
    const machine = await machineOf(platform, deviceId)
    if (!machine) return
    await tellWebhooks(platform, {
      ...{ kind, eventId: id, at: new Date(at), deviceId, moment: startedAt, severity, found: !isByRule(source) },
      own,
      data: urlOf => ({
        ...{ id: alarm.id, machine, name: alarm.name, severity, state: alarm.state, message: alarm.message },
        ...{ cause: alarm.cause, remedy: alarm.remedy, faultCode: alarm.faultCode, component: alarm.component },
        ...{ startedAt: startedAt.toISOString(), raisedAt: alarm.raisedAt.toISOString() },
        ...{ clearedAt: iso(alarm.clearedAt), url: urlOf(pathsTo(deviceId, `alarms/${alarm.id}`)) },
      }),
    })
  }
}

function ofFinding(kind: Finding) {
  return async ({ id, at, data }: Event<{ findingId: string }>, platform: Platform): Promise<void> => {
    const finding = await findingFacts(platform, data.findingId)
    const machine = finding && (await machineOf(platform, finding.deviceId))
    if (!finding || !machine) return
    await tellWebhooks(platform, {
      ...{ kind, eventId: id, at: new Date(at), deviceId: finding.deviceId, moment: finding.openedAt, found: true },
      data: urlOf => ({
        ...{ id: finding.id, machine, text: finding.text, component: finding.component },
        ...{ openedAt: finding.openedAt.toISOString(), closedAt: iso(finding.closedAt) },
        url: urlOf(pathsTo(finding.deviceId, 'health')),
      }),
    })
  }
}

async function ofMaintenance(
  { id, at, data: { deviceId, companyId, task } }: Event<{ deviceId: string; companyId: string; task: string }>,
  platform: Platform,
): Promise<void> {
  const name = await plannedTask(platform, deviceId, task)
  const machine = await machineOf(platform, deviceId)
  if (!name || !machine) return
  await tellWebhooks(platform, {
    ...{ kind: 'maintenance.due', eventId: id, at: new Date(at), deviceId, moment: new Date(at), onlyCompany: companyId },
    data: urlOf => ({ machine, task, name, url: urlOf(pathsTo(deviceId, 'maintenance')) }),
  })
}

function ofService(kind: 'service.requested' | 'service.moved') {
  return async ({ id, at, data: { requestId } }: Event<{ requestId: string }>, platform: Platform): Promise<void> => {
    const request = await serviceFacts(platform, requestId)
    const machine = request && (await machineOf(platform, request.deviceId))
    if (!request || !machine) return
    const { deviceId, companyId, number, status, visitAt } = request
    await tellWebhooks(platform, {
      ...{ kind, eventId: id, at: new Date(at), deviceId, moment: new Date(at), onlyCompany: companyId },
      data: urlOf => ({
        ...{ id: requestId, number, machine, status, visitAt: iso(visitAt) },
        url: urlOf({ customer: `/account/service/${requestId}`, staff: `/console/service/${requestId}` }),
      }),
    })
  }
}

function ofPackage(kind: 'package.granted' | 'package.ended') {
  return async (
    { id, at, data }: Event<{ entitlementId: string; deviceId: string; companyId: string }>,
    platform: Platform,
  ): Promise<void> => {
    const { entitlementId, deviceId, companyId } = data
    const { package: sold, device, kind: how, from, until } = await readEntitlement(platform, entitlementId)
    await tellWebhooks(platform, {
      ...{ kind, eventId: id, at: new Date(at), deviceId, moment: new Date(at), onlyCompany: companyId },
      data: urlOf => ({
        ...{ id: entitlementId, machine: device, package: sold.name, kind: how, from, until },
        url: urlOf({ customer: `/account/machines/${deviceId}/packages`, staff: '/console/entitlements' }),
      }),
    })
  }
}

const machineOf = async ({ database }: Platform, deviceId: string) => {
  const [device] = await devicesById(database, [deviceId])
  return device && { id: device.id, serial: device.serial, model: device.model }
}

const pathsTo = (deviceId: string, page: string) => ({
  customer: `/account/machines/${deviceId}/${page}`,
  staff: `/console/devices/${deviceId}/${page}`,
})

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
