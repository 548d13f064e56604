import { signedIn } from '#features/accounts/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { checkCustomers } from './check-customers.ts'
import { decideDuplicates } from './decide-duplicates.ts'
import { importReport, importTemplate } from './files.ts'
import { personal } from './personal.ts'
import { importProblems } from './problems.ts'
import { getImport, listImportRows, listImports } from './read-imports.ts'
import { describeRemoval, forgetOldImports, removeImport } from './remove-import.ts'
import { beginWriting, writeImportJob } from './write-import.ts'

/** The customers a manufacturer already has, from its Excel list. */
export const imports: ServerFeature = {
  name: 'imports',
  routes: [
    route(api.getImportTemplate, (_, { language }) => importTemplate(language)),
    route(api.checkCustomers, ({ body }, context) => checkCustomers(context.platform, signedIn(context), body)),
    route(api.listImports, (_, { platform }) => listImports(platform)),
    route(api.getImport, ({ params }, { platform }) => getImport(platform, params.importId)),
    route(api.listImportRows, ({ params, query }, { platform }) => listImportRows(platform, params.importId, query)),
    route(api.decideDuplicates, ({ params, body, ifMatch }, { platform }) =>
      decideDuplicates(platform, params.importId, body, ifMatch),
    ),
    route(api.writeImport, ({ params, ifMatch }, context) =>
      beginWriting(context.platform, signedIn(context), params.importId, ifMatch),
    ),
    route(api.getImportReport, ({ params, query }, { platform, language }) =>
      importReport(platform, params.importId, query.language ?? language),
    ),
    route(
      api.removeImport,
      async ({ params }, context) => {
        await removeImport(context.platform, signedIn(context), params.importId)
        return undefined
      },
      ({ params }, { platform }) => describeRemoval(platform, params.importId),
    ),
  ],
  problems: importProblems,
  personal,
  jobs: {
    'imports.write': writeImportJob,
    'imports.forget': { handle: (_, { platform }) => forgetOldImports(platform) },
  },
  schedules: { 'imports.forget': '5 3 * * *' },
  topics: { 'customer-imports': { staff: 'company.import' } },
}

export { seedDemoCustomers } from './demo-customers.ts'
