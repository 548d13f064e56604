import { signedIn } from '#features/accounts/server'
import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { makeReports } from './make-reports.ts'
import { personal } from './personal.ts'
import { listAllReports, listOwnReports, readOwnReport, readReport } from './read-reports.ts'
import { reportPdf } from './report-pdf.ts'

/** How machines were, month by month, for the company that has them. openTo: for which machines it gets a report */
export const reports = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'reports',
  routes: [
    route(api.listMyReports, async (_, context) => ({
      items: await listOwnReports(context.platform, signedIn(context), openTo),
    })),
    route(api.getMyReport, ({ params }, context) => readOwnReport(context.platform, signedIn(context), { ...params, openTo })),
    route(api.getMyReportPdf, async ({ params, query }, context) =>
      reportPdf(
        context.platform,
        await readOwnReport(context.platform, signedIn(context), { ...params, openTo }),
        query.language,
      ),
    ),
    route(api.listReports, ({ query }, { platform }) => listAllReports(platform, query)),
    route(api.getReport, ({ params }, context) => readReport(context.platform, signedIn(context), params.reportId)),
  ],
  jobs: { 'reports.make': { handle: (_, { platform }) => makeReports(platform, openTo) } },
  schedules: { 'reports.make': '10 1 1 * *' }, // in the morning of the first in China
  personal,
})
