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
  'alarm.raised': [{ name: 'webhooks.alarm-raised', handle: (event, platform) => ofAlarm(platform, 'alarm.raised', event) }],
  'alarm.cleared': [{ name: 'webhooks.alarm-cleared', handle: (event, platform) => ofAlarm(platform, 'alarm.cleared', event) }],
  'alarm.acknowledged': [
    { name: 'webhooks.alarm-acknowledged', handle: (event, platform) => ofAlarm(platform, 'alarm.acknowledged', event) },
  ],
  'alarm.escalated': [
    { name: 'webhooks.alarm-escalated', handle: (event, platform) => ofAlarm(platform, 'alarm.escalated', event) },
  ],
  'finding.opened': [
    { name: 'webhooks.finding-opened', handle: (event, platform) => ofFinding(platform, 'finding.opened', event) },
  ],
  'finding.closed': [
    { name: 'webhooks.finding-closed', handle: (event, platform) => ofFinding(platform, 'finding.closed', event) },
  ],
  'maintenance.due': [
    {
      name: 'webhooks.maintenance-due',
      async handle({ id, at, data: { deviceId, companyId, task } }, platform) {
        const name = await plannedTask(platform, deviceId, task)
        const machine = await machineOf(platform, deviceId)
        if (!name || !machine) return
        await tellWebhooks(platform, {
          ...{ kind: 'maintenance.due', eventId: id, at: new Date(at), deviceId, moment: new Date(at), onlyCompany: companyId },
          data: urlOf => ({ machine, task, name, url: urlOf(pathsTo(deviceId, 'maintenance')) }),
        })
      },
    },
  ],
  'service.requested': [
    {
      name: 'webhooks.service-requested',
      handle: ({ id, at, data }, platform) => ofService(platform, 'service.requested', { id, at, ...data }),
    },
  ],
  'service.moved': [
    {
      name: 'webhooks.service-moved',
      handle: ({ id, at, data }, platform) => ofService(platform, 'service.moved', { id, at, ...data }),
    },
  ],
  'entitlement.granted': [
    {
      name: 'webhooks.package-granted',
      handle: ({ id, at, data }, platform) => ofPackage(platform, 'package.granted', { id, at, ...data }),
    },
  ],
  'entitlement.ended': [
    {
      name: 'webhooks.package-ended',
      handle: ({ id, at, data }, platform) => ofPackage(platform, 'package.ended', { id, at, ...data }),
    },
  ],
}

interface Event<Data> {
  id: string
  at: string
  data: Data
}

async function ofAlarm(platform: Platform, kind: Alarming, { id, at, data }: Event<{ alarmId: string }>): Promise<void> {
  const [alarm] = await alarmFacts(platform, [data.alarmId])
  if (!alarm) return
  const { deviceId, severity, source, startedAt } = alarm
  const machine = await machineOf(platform, deviceId)
  if (!machine) return
  await tellWebhooks(platform, {
    ...{ kind, eventId: id, at: new Date(at), deviceId, moment: startedAt, severity, found: !isByRule(source) },
    data: urlOf => ({
      ...{ id: alarm.id, machine, name: alarm.name, severity, state: alarm.state, message: alarm.message },
      ...{ cause: alarm.cause, remedy: alarm.remedy, faultCode: alarm.faultCode, component: alarm.component },
      ...{ startedAt: startedAt.toISOString(), raisedAt: alarm.raisedAt.toISOString() },
      ...{ clearedAt: iso(alarm.clearedAt), url: urlOf(pathsTo(deviceId, `alarms/${alarm.id}`)) },
    }),
  })
}

async function ofFinding(platform: Platform, kind: Finding, { id, at, data }: Event<{ findingId: string }>): Promise<void> {
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

async function ofService(
  platform: Platform,
  kind: 'service.requested' | 'service.moved',
  { id, at, requestId }: { id: string; at: string; requestId: string },
): Promise<void> {
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

async function ofPackage(
  platform: Platform,
  kind: 'package.granted' | 'package.ended',
  {
    id,
    at,
    entitlementId,
    deviceId,
    companyId,
  }: { id: string; at: string; entitlementId: string; deviceId: string; companyId: string },
): Promise<void> {
  const { package: sold, device, kind: how, from, until } = await readEntitlement(platform, entitlementId)
  await tellWebhooks(platform, {
    ...{ kind, eventId: id, at: new Date(at), deviceId, moment: new Date(at), onlyCompany: companyId },
    data: urlOf => ({
      ...{ id: entitlementId, machine: device, package: sold.name, kind: how, from, until },
      url: urlOf({ customer: `/account/machines/${deviceId}/packages`, staff: '/console/entitlements' }),
    }),
  })
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
