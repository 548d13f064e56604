import { signedIn } from '#features/accounts/server'
import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { activateModel, rollBackModel } from './activate-model.ts'
import type { Sources } from './foretell-component.ts'
import { foretellAllJob, foretellJob, foretellMachines } from './foretell-machines.ts'
import { importLives, lifeTemplate } from './import-lives.ts'
import { learnReplacement, learnVerdict } from './learn-endings.ts'
import { addLife, removeLife } from './note-lives.ts'
import { personal } from './personal.ts'
import { prognosisProblems } from './problems.ts'
import { readOutlook } from './read-outlook.ts'
import { getPart, listParts } from './read-parts.ts'
import { beginTraining, cancelTraining, trainJob } from './train-model.ts'

export { failuresOf } from './known-failures.ts'
export { type ComponentPrognosis, prognosesOf, readOutlook } from './read-outlook.ts'

/** How long components of machines are likely to last, and by which models that is told. openTo: at which machines a reader is told */
export const prognosis = (sources: Sources, openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'prognosis',
  routes: [
    route(api.getMyOutlook, ({ params }, { platform, account }) => readOutlook(platform, account, { ...params, openTo })),
    route(api.getOutlook, ({ params }, { platform, account }) => readOutlook(platform, account, { ...params, openTo })),
    route(api.renewOutlook, async ({ params }, { platform, account }) => {
      await readOutlook(platform, account, { ...params, openTo }) // whether there is such a machine
      await foretellMachines(platform, sources, { deviceIds: [params.deviceId] })
      return readOutlook(platform, account, { ...params, openTo })
    }),
    route(api.listParts, async (_, { platform }) => ({ items: await listParts(platform.database) })),
    route(api.getPart, ({ params }, { platform }) => getPart(platform.database, params)),
    route(api.trainModel, ({ params, body }, context) => beginTraining(context.platform, signedIn(context), params, body)),
    route(api.cancelTraining, ({ params }, { platform }) => cancelTraining(platform, params.modelId)),
    route(api.activateModel, ({ params }, context) => activateModel(context.platform, signedIn(context), params.modelId)),
    route(api.rollBackModel, ({ params }, context) => rollBackModel(context.platform, signedIn(context), params)),
    route(api.addLife, ({ params, body }, context) => addLife(context.platform, signedIn(context), params, body)),
    route(api.lifeTemplate, ({ params }, { platform, language }) => lifeTemplate(platform, params, language)),
    route(api.importLives, ({ params, query, body }, context) =>
      importLives(context.platform, signedIn(context), params, { file: body, write: query.write === 'yes' }),
    ),
    route(api.removeLife, async ({ params }, { platform }) => {
      await removeLife(platform, params.lifeId)
      return undefined
    }),
  ],
  problems: prognosisProblems,
  on: {
    'device.component-replaced': [{ name: 'prognosis.learn-replacement', handle: learnReplacement }],
    'alarm.judged': [{ name: 'prognosis.learn-verdict', handle: learnVerdict }],
    'finding.opened': [
      {
        name: 'prognosis.foretell-found',
        async handle({ data: { deviceId } }, { jobs }) {
          await jobs.enqueue('prognosis.foretell', { deviceId }, { singletonKey: deviceId })
        },
      },
    ],
  },
  jobs: {
    'prognosis.train': trainJob(sources),
    'prognosis.foretell-all': foretellAllJob,
    'prognosis.foretell': foretellJob(sources),
  },
  schedules: { 'prognosis.foretell-all': '41 1 * * *' },
  topics: { 'life-models': { staff: 'device-type.manage' } },
  personal,
})
