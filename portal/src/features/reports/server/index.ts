import { signedIn } from '#features/accounts/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { makeReports, type Open, openAll } from './make-reports.ts'
import { personal } from './personal.ts'
import { listAllReports, listOwnReports, readOwnReport, readReport } from './read-reports.ts'
import { reportPdf } from './report-pdf.ts'

/** How machines were, month by month, for the company that has them. open: for which machines it gets a report, and what it is told in it */
export const reports = (open: Open = openAll): ServerFeature => ({
  name: 'reports',
  routes: [
    route(api.listMyReports, async (_, context) => ({
      items: await listOwnReports(context.platform, signedIn(context), open),
    })),
    route(api.getMyReport, ({ params }, context) => readOwnReport(context.platform, signedIn(context), { ...params, open })),
    route(api.getMyReportPdf, async ({ params, query }, context) =>
      reportPdf(context.platform, await readOwnReport(context.platform, signedIn(context), { ...params, open }), query.language),
    ),
    route(api.listReports, ({ query }, { platform }) => listAllReports(platform, query)),
    route(api.getReport, ({ params }, context) => readReport(context.platform, signedIn(context), params.reportId)),
  ],
  jobs: { 'reports.make': { handle: (_, { platform }) => makeReports(platform, open) } },
  schedules: { 'reports.make': '10 1 1 * *' }, // in the morning of the first in China
  personal,
})
