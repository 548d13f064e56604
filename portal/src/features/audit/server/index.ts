import { route, type ServerFeature } from '#platform/server'
import { checkAudit, exportAuditEntries, getAuditEntry, listAuditChecks, listAuditEntries } from '../core/index.ts'
import { checkChain, lastChecks } from './check-chain.ts'
import { describeAuditExport, exportEntries } from './export-entries.ts'
import { listEntries, readEntry } from './list-entries.ts'
import { personal } from './personal.ts'

/** Who did what: the log, and the check that nobody has touched it. */
export const audit: ServerFeature = {
  name: 'audit',
  routes: [
    route(listAuditEntries, ({ query }, { platform }) => listEntries(platform, query)),
    route(getAuditEntry, ({ params }, { platform }) => readEntry(platform, params.position)),
    route(
      exportAuditEntries,
      ({ body }, { platform, confirmed }) => exportEntries(platform, body, confirmed?.reason),
      async ({ body }) => describeAuditExport(body),
    ),
    route(listAuditChecks, async (_, { platform }) => ({ items: await lastChecks(platform) })),
    route(checkAudit, (_, { platform }) => checkChain(platform)),
  ],
  jobs: { 'audit.check': { handle: async (_, { platform }) => void (await checkChain(platform)) } },
  personal,
  topics: { 'audit-exports': { staff: 'audit.export' } },
  schedules: { 'audit.check': '40 2 * * *' },
}

export { checkChain, lastChecks } from './check-chain.ts'
export { checkExport } from './check-export.ts'
export { exportEntries } from './export-entries.ts'
