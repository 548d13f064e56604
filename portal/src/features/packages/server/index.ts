import { signedIn } from '#features/accounts/server'
import { partsOfTypes } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { requestPackage, startTrial } from './ask-for-package.ts'
import { endByStaff, endWithOwnership, grantEntitlement, withdrawRequest } from './change-entitlement.ts'
import { giveNotice } from './give-notice.ts'
import { listEntitlements, readEntitlement } from './list-entitlements.ts'
import { personal } from './personal.ts'
import { packageProblems } from './problems.ts'
import { readOffering, readProofs } from './read-offering.ts'
import { tellOfEnd, tellOfGrant } from './tell.ts'
import { changePackage, createPackage, getPackage, listPackages } from './write-packages.ts'

/** What the manufacturer sells beside machines, and what is open to whom by it. */
export const packages: ServerFeature = {
  name: 'packages',
  routes: [
    route(api.listPackages, async (_, { platform }) => ({ items: await listPackages(platform) })),
    route(api.listPackageTypes, async (_, { platform }) => ({
      items: (await partsOfTypes(platform.database)).map(({ typeId, name }) => ({ id: typeId, name })),
    })),
    route(api.getPackage, ({ params }, { platform }) => getPackage(platform, params.packageId)),
    route(
      api.createPackage,
      async ({ body }, { platform }) => (await getPackage(platform, await createPackage(platform, body))).value,
    ),
    route(api.changePackage, async ({ params, body, ifMatch }, { platform }) => {
      await changePackage(platform, { ...params, revision: ifMatch, fields: body })
      return getPackage(platform, params.packageId)
    }),
    route(api.listEntitlements, ({ query }, { platform }) => listEntitlements(platform, query)),
    route(api.grantEntitlement, async ({ params: { entitlementId } }, context) => {
      await grantEntitlement(context.platform, signedIn(context), entitlementId)
      return readEntitlement(context.platform, entitlementId)
    }),
    route(api.endEntitlement, async ({ params: { entitlementId } }, { platform }) => {
      await endByStaff(platform, entitlementId)
      return readEntitlement(platform, entitlementId)
    }),
    route(api.getMyOffering, ({ params }, { platform, account }) => readOffering(platform, account, params.deviceId)),
    route(api.getMyProofs, async ({ params }, { platform, account }) => ({
      items: await readProofs(platform, account, params.deviceId),
    })),
    route(api.startMyTrial, async ({ params }, context) => {
      await startTrial(context.platform, { account: signedIn(context), ...params })
      return readOffering(context.platform, context.account, params.deviceId)
    }),
    route(api.requestMyPackage, async ({ params, body: { consent, ...wish } }, context) => ({
      path: await requestPackage(context, { ...params, ...wish, consent: consent.version }),
    })),
    route(api.withdrawMyRequest, async ({ params }, context) => {
      const deviceId = await withdrawRequest(context.platform, signedIn(context), params.entitlementId)
      return readOffering(context.platform, context.account, deviceId)
    }),
  ],
  problems: packageProblems,
  on: {
    'entitlement.granted': [tellOfGrant],
    'entitlement.ended': [tellOfEnd],
    'device.changed-hands': [endWithOwnership],
  },
  jobs: { 'packages.give-notice': { handle: (_, { platform }) => giveNotice(platform) } },
  schedules: { 'packages.give-notice': '30 23 * * *' }, // in the morning in China
  personal,
}

export { advisedPackages } from './advised-packages.ts'
export { enterEntitlement } from './ask-for-package.ts'
export { readEntitlement } from './list-entitlements.ts'
export { openTo } from './open-rights.ts'
export { createPackage, hasPackages } from './write-packages.ts'
