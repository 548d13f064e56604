import { makeEmbedToken } from '#features/accounts/server'
import { listAlarms } from '#features/alarms/server'
import { demandVisible, noSuchDevice, type OpenTo } from '#features/devices/server'
import { readFleet, type StateSources } from '#features/fleet/server'
import { readOutlook } from '#features/prognosis/server'
import { type MarkSource, openStream, readHistory, readMarks } from '#features/telemetry/server'
import { readSpectra, readVibration } from '#features/vibration/server'
import { type Account, type RequestContext, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { readShown, sideOf } from './read-shown.ts'

interface Sources extends StateSources {
  openTo: OpenTo
  /** where remaining life may be seen */
  outlook: OpenTo
  marks: readonly MarkSource[]
}

/** How machines are, in pages of other sites. sources: as for the portal's own pages */
export const embed = (sources: Sources): ServerFeature => ({
  name: 'embed',
  routes: [
    route(api.makeToken, async ({ body: { origin, machines, minutes } }, { platform, account }) => {
      const only = machines === 'all' ? null : machines
      if (only) await demandVisible(platform, account, only)
      const { token, until } = await makeEmbedToken(platform, account!, { origin, only, minutes })
      return { token, until: until.toISOString() }
    }),
    route(api.listShown, async ({ query }, { platform, account }) => {
      const { items, nextCursor, total } = await readFleet(platform, account, sources, { ...query, by: 'state' }, onlyOf(account))
      return { items: items.map(item => ({ ...item, company: null })), nextCursor, total, side: sideOf(account) }
    }),
    route(api.getShown, ({ params }, context) =>
      readShown(context.platform, shownTo(context, [params.deviceId]), sources, params.deviceId),
    ),
    route(api.getShownHistory, ({ params, query }, context) =>
      readHistory(context.platform, shownTo(context, [params.deviceId]), params, query),
    ),
    route(api.getShownMarks, ({ params, query }, context) =>
      readMarks(context.platform, shownTo(context, [params.deviceId]), sources.marks, params.deviceId, query),
    ),
    route(api.getShownOutlook, ({ params }, context) =>
      readOutlook(context.platform, shownTo(context, [params.deviceId]), { ...params, openTo: sources.outlook }),
    ),
    route(api.getShownVibration, ({ params }, context) =>
      readVibration(context.platform, shownTo(context, [params.deviceId]), params.deviceId),
    ),
    route(api.getShownSpectra, ({ params, query }, context) =>
      readSpectra(context.platform, shownTo(context, [params.deviceId]), params.deviceId, query),
    ),
    route(api.listShownAlarms, ({ params, query }, context) => {
      shownTo(context, [params.deviceId])
      return listAlarms(context, { ...params, ...query }, sources.openTo)
    }),
    route(api.watchShown, ({ query }, context) => {
      const ids = query.device.split(',')
      return openStream(context.platform, shownTo(context, ids), ids, context.headers.get('last-event-id'))
    }),
  ],
})

/** Ids of the machines that whoever asks may be shown at most, by what he comes with; null: all that he sees. */
const onlyOf = (account: Account | null): readonly string[] | null => (account?.via.kind === 'embed' ? account.via.only : null)

/** Who asks, where he may be shown all of these machines by what he comes with; 404 otherwise. What he sees of them is asked besides. */
function shownTo({ account }: RequestContext, deviceIds: readonly string[]): Account | null {
  const only = onlyOf(account)
  if (only && !deviceIds.every(id => only.includes(id))) throw noSuchDevice()
  return account
}
