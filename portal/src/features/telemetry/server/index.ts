import { authenticateDevice, credentialsHolding } from '#features/devices/server'
import { type DeviceCredentials, type Platform, type RequestContext, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { followOwner } from './follow-owner.ts'
import { hubOf } from './live/hub.ts'
import { openStream } from './live/open-stream.ts'
import { tellOfReadings } from './live/tell-processes.ts'
import { forgetRefusals, noticeDevices } from './notice-devices.ts'
import { personal } from './personal.ts'
import { type MarkSource, readAlike, readMarks } from './read-marks.ts'
import { readHistory, readMetrics } from './read-metrics.ts'
import { type ComputedReadings, keepComputed, receiveMessages } from './receive-messages.ts'
import { configuration } from './retention/configuration.ts'
import { forgetReadings } from './retention/forget-devices.ts'
import { keepHours, keepHoursJob } from './retention/keep-hours.ts'
import { describeShortening, readRetention, saveRetention, weighRetention } from './retention/retention.ts'
import type { NodeValuesTaker } from './sparkplug/node-values.ts'
import type { ReadingTaker, TakenReadings } from './taken.ts'

export { lastMoments } from './last-moments.ts'
export { openStream } from './live/open-stream.ts'
export { connectionsOf, type DeviceConnection } from './read-connections.ts'
export { type KnownMark, type MarkSource, readMarks } from './read-marks.ts'
export { readHistory, readMetrics } from './read-metrics.ts'
export { lastReports, latestReadings, readSeries, type SeriesPoint } from './read-series.ts'
export type { ComputedReadings } from './receive-messages.ts'
export type { NodeValues, NodeValuesTaker } from './sparkplug/node-values.ts'
export { writeToNode } from './sparkplug/write-to-node.ts'
export { spokenUntil } from './spoken-until.ts'
export type { ReadingTaker, TakenReadings } from './taken.ts'

/**
 * What machines report, kept and shown to whom it concerns, and handed on to the takers before it is acknowledged.
 * markSources: what is marked beside it on charts. valuesTakers: are handed what edge nodes say of settings, commands and themselves
 */
export const telemetry = (
  takers: readonly ReadingTaker[],
  markSources: readonly MarkSource[] = [],
  valuesTakers: readonly NodeValuesTaker[] = [],
): ServerFeature => ({
  name: 'telemetry',
  routes: [
    route(api.getMyMetrics, ({ params }, { platform, account }) => readMetrics(platform, account, params.deviceId)),
    route(api.getMyHistory, ({ params, query }, { platform, account }) => readHistory(platform, account, params, query)),
    route(api.watchMine, ({ query }, context) => watch(context, query.device)),
    route(api.watchDevices, ({ query }, context) => watch(context, query.device)),
    route(api.getMetrics, ({ params }, { platform, account }) => readMetrics(platform, account, params.deviceId)),
    route(api.getHistory, ({ params, query }, { platform, account }) => readHistory(platform, account, params, query)),
    route(api.getMyMarks, ({ params, query }, { platform, account }) =>
      readMarks(platform, account, markSources, params.deviceId, query),
    ),
    route(api.getMarks, ({ params, query }, { platform, account }) =>
      readMarks(platform, account, markSources, params.deviceId, query),
    ),
    route(api.listMyAlike, ({ params }, { platform, account }) => readAlike(platform, account, params.deviceId)),
    route(api.listAlike, ({ params }, { platform, account }) => readAlike(platform, account, params.deviceId)),
    route(api.getRetention, (_, { platform }) => readRetention(platform)),
    route(api.weighRetention, ({ query }, { platform }) => weighRetention(platform, query.months)),
    route(
      api.saveRetention,
      async ({ body, ifMatch }, { platform }) => {
        await saveRetention(platform, { ...body, revision: ifMatch })
        return readRetention(platform)
      },
      ({ body }, { platform }) => describeShortening(platform, body.months),
    ),
  ],
  on: {
    'device.changed-hands': [followOwner],
    'device.deleted': [
      { name: 'telemetry.forget-readings', handle: ({ data }, platform) => forgetReadings(platform, data.deviceId) },
    ],
  },
  broker: {
    authenticate,
    holding: (credentialIds, platform) => credentialsHolding(platform, credentialIds),
    receive: (messages, platform) => receiveMessages(messages, platform, [...takers, showLive], valuesTakers),
    notice: noticeDevices,
  },
  jobs: {
    'telemetry.forget-refusals': { handle: (_, { platform }) => forgetRefusals(platform) },
    [keepHoursJob]: { outside: true, handle: (_, { platform }) => keepHours(platform) },
  },
  schedules: {
    'telemetry.forget-refusals': '17 2 * * *',
    [keepHoursJob]: `${api.nightlyRun.minute} ${api.nightlyRun.hour} * * *`,
  },
  configuration,
  personal,
})

/** Keeps what other features compute of machines, shown live and handed to the same takers as what machines say themselves. */
export const keepReadings =
  (takers: readonly ReadingTaker[]) =>
  (platform: Platform, computed: readonly ComputedReadings[]): Promise<void> =>
    keepComputed(platform, computed, [...takers, showLive])

const watch = ({ platform, account, headers }: RequestContext, devices: string) =>
  openStream(platform, account, devices.split(','), headers.get('last-event-id'))

/** A taker: to live pages of this process, and word to those of others. */
async function showLive(taken: readonly TakenReadings[], platform: Platform): Promise<void> {
  tellOfReadings(platform, taken)
  await hubOf(platform).take(taken)
}

function authenticate({ deviceId, ...shown }: DeviceCredentials, platform: Platform) {
  return authenticateDevice(
    platform,
    shown.kind === 'token'
      ? { deviceId, token: shown.token }
      : { deviceId, certificateFingerprint: shown.fingerprint, certificate: shown.certificate },
  )
}
