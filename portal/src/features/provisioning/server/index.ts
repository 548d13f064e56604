import { signedIn } from '#features/accounts/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { checkList } from './check-list.ts'
import { describeHandOut, handOut } from './hand-out.ts'
import { personal } from './personal.ts'
import { provisioningProblems } from './problems.ts'
import { getList, readLists } from './read-lists.ts'
import { registerList } from './register-list.ts'
import { remindOfCertificates } from './remind-of-certificates.ts'
import { listTemplate } from './template.ts'

/** Many machines at once: registered by a list, and what they are claimed by and sign in by; and reminders before certificates end. */
export const provisioning: ServerFeature = {
  name: 'provisioning',
  routes: [
    route(api.getListTemplate, (_, { language }) => listTemplate(language)),
    route(api.checkDeviceList, ({ body }, { platform }) => checkList(platform, body)),
    route(api.registerDeviceList, ({ body, query }, context) =>
      registerList(context.platform, signedIn(context), body, query.checked),
    ),
    route(api.listDeviceLists, (_, { platform }) => readLists(platform)),
    route(api.getDeviceList, ({ params }, { platform }) => getList(platform, params.listId)),
    route(
      api.handOutDeviceList,
      ({ params, body }, context) =>
        handOut(context.platform, signedIn(context), { ...params, wish: body, reason: context.confirmed?.reason }),
      ({ params, body }, { platform }) => describeHandOut(platform, params.listId, body),
    ),
  ],
  problems: provisioningProblems,
  personal,
  jobs: { 'provisioning.remind': { handle: (_, { platform }) => remindOfCertificates(platform) } },
  schedules: { 'provisioning.remind': '15 1 * * *' },
  topics: { 'device-list-exports': { staff: 'device.manage' } },
}
