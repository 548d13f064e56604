import { maintenanceDone } from '#features/advisory/server'
import { alarmsDuring } from '#features/alarms/server'
import { askedDuring } from '#features/controls/server'
import { type OpenTo, updatesDuring } from '#features/devices/server'
import { findingsOf } from '#features/diagnosis/server'
import type { KnownMark, MarkSource } from '#features/telemetry/server'
import { type Language, translate } from '#platform/core'

const moment = (at: Date): Pick<KnownMark, 'from' | 'until' | 'severity'> => ({ from: at, until: at, severity: null })

/** Of alarms that no rule raised, as of findings, only those are told to whom findings are open. */
const alarms =
  (openTo: OpenTo): MarkSource =>
  async (platform, deviceId, time, reader) => {
    const open = (await openTo(platform, reader, [deviceId])).has(deviceId)
    const told = (await alarmsDuring(platform, deviceId, time)).filter(({ source }) => open || source.startsWith('rule:'))
    return told.map(({ id, name, severity, startedAt, clearedAt }) => ({
      ...{ id, kind: 'alarm', name, severity, from: startedAt, until: clearedAt, page: `/alarms/${id}` },
    }))
  }

/** A finding that is an alarm too is marked as that. */
const findings =
  (openTo: OpenTo): MarkSource =>
  async (platform, deviceId, time, reader) => {
    if (!(await openTo(platform, reader, [deviceId])).has(deviceId)) return []
    return (await findingsOf(platform, deviceId, time))
      .filter(({ alarmId }) => alarmId === null)
      .map(({ id, text, openedAt, closedAt }) => ({
        ...{ id, kind: 'finding', name: text, severity: null, from: openedAt, until: closedAt, page: '/health' },
      }))
  }

const maintenance: MarkSource = async (platform, deviceId, time) =>
  (await maintenanceDone(platform, deviceId, time)).map(({ id, task, at }) => ({
    ...{ id, kind: 'maintenance', name: task, page: '/maintenance', ...moment(at) },
  }))

const controls: MarkSource = async (platform, deviceId, time) =>
  (await askedDuring(platform, deviceId, time)).map(({ id, kind, name, at }) => ({
    ...{ id, kind, name, page: '/controls', ...moment(at) },
  }))

/** What runs on it became another, as the machine says itself. */
const updates: MarkSource = async (platform, deviceId, time, reader) =>
  (await updatesDuring(platform, deviceId, time)).map(({ id, word, before, revision, at }) => {
    const name = (language: Language) => `${translate(language, `devices:identification.${word}`)} ${before} → ${revision}`
    return {
      ...{ id, kind: 'update', name: { 'zh-CN': name('zh-CN'), en: name('en') } },
      ...{ page: reader?.kind === 'staff' ? '' : '/nameplate', ...moment(at) },
    }
  })

/** What charts of a machine mark beside its readings. openTo: at which machines a reader is told of what was found */
export const chartMarks = (openTo: OpenTo): readonly MarkSource[] => [
  alarms(openTo),
  findings(openTo),
  maintenance,
  controls,
  updates,
]
