import { signedIn } from '#features/accounts/server'
import { notFound, type RequestContext, type Route, route } from '#platform/server'
import * as api from '../core/index.ts'
import { ownAsBuilt } from './as-built.ts'
import { companyAuthority, endCompanyAuthority, nameAuthority } from './authorities/company-authority.ts'
import { expiringCertificates } from './authorities/expiring-certificates.ts'
import { issueCertificate } from './authorities/issue-certificate.ts'
import { beginAuthority, showAuthority } from './authorities/own-authority.ts'
import { listRevocations } from './authorities/revocations.ts'
import { claimDevice, readClaim } from './claims/claim.ts'
import { issueClaimCode, issueCodeOfOwner, withdrawCode } from './claims/codes.ts'
import { printLabel } from './claims/label.ts'
import { addCredential } from './credentials/add-credential.ts'
import { addOwnToken, ownCredentials, revokeOwnCredential } from './credentials/own-credentials.ts'
import { revokeCredential } from './credentials/revoke.ts'
import { getDevice } from './device-detail.ts'
import { type SpokenUntil, transferDevice } from './holdings/hand-over.ts'
import { endRole, grantRole } from './holdings/roles.ts'
import { setSharing } from './holdings/sharing.ts'
import { listDevices } from './list-devices.ts'
import { getOwnDevice, listOwnDevices } from './own-devices.ts'
import { devicesOf } from './read-devices.ts'
import { readReplacements, replaceComponent } from './replacements.ts'
import { changeDevice, createDevice, deleteDevice } from './write-device.ts'

export const deviceRoutes = (spokenUntil: SpokenUntil): Route[] => [
  route(api.listDevicesOf, ({ params, query }, { platform }) => devicesOf(platform, params.companyId, query)),
  route(api.listDevices, ({ query }, { platform }) => listDevices(platform, query)),
  route(api.getDevice, ({ params }, context) => detail(context, params.deviceId)),
  route(api.createDevice, async ({ body }, context) => detail(context, await createDevice(context.platform, body))),
  route(api.changeDevice, async ({ params, body, ifMatch }, context) => {
    await changeDevice(context.platform, { ...params, revision: ifMatch, fields: body })
    return detail(context, params.deviceId)
  }),
  route(api.deleteDevice, async ({ params, ifMatch }, { platform }) => {
    await deleteDevice(platform, { ...params, revision: ifMatch })
    return undefined
  }),
  route(api.transferDevice, async ({ params, body, ifMatch }, context) => {
    await transferDevice(context.platform, spokenUntil, { ...params, ...body, revision: ifMatch })
    return detail(context, params.deviceId)
  }),
  route(api.grantRole, async ({ params, body }, context) => {
    await grantRole(context.platform, { ...params, ...body })
    return detail(context, params.deviceId)
  }),
  route(api.endRole, async ({ params }, { platform }) => {
    await endRole(platform, { ...params, by: null })
    return undefined
  }),
  route(api.issueClaimCode, ({ params }, context) => issueClaimCode(context.platform, signedIn(context), params.deviceId)),
  route(api.withdrawClaimCode, async ({ params }, { platform }) => {
    await withdrawCode(platform, { ...params, by: null })
    return undefined
  }),
  route(api.getLabel, ({ params }, { platform }) => printLabel(platform, params)),
  route(api.addCredential, ({ params, body }, context) =>
    addCredential(context.platform, signedIn(context), params.deviceId, body),
  ),
  route(api.revokeCredential, async ({ params }, { platform }) => {
    await revokeCredential(platform, params)
    return undefined
  }),
  route(api.listReplacements, ({ params }, { platform, account }) => readReplacements(platform, account, params.deviceId)),
  route(api.replaceComponent, async ({ params, body }, context) => {
    await replaceComponent(context.platform, signedIn(context), params.deviceId, body)
    return readReplacements(context.platform, context.account, params.deviceId)
  }),
  route(api.getDeviceAuthority, async (_, { platform }) => ({
    authority: await showAuthority(platform),
    expiring: await expiringCertificates(platform),
  })),
  route(api.beginDeviceAuthority, async (_, context) => {
    await beginAuthority(context.platform, signedIn(context))
    return undefined
  }),
  route(api.issueCertificate, ({ params, body }, context) =>
    issueCertificate(context.platform, signedIn(context), params.deviceId, body),
  ),
  route(api.getRevocations, ({ params }, { platform }) => listRevocations(platform, params.authorityId)),

  route(api.listMyReplacements, ({ params }, { platform, account }) => readReplacements(platform, account, params.deviceId)),
  route(api.listMyDevices, ({ query }, context) => listOwnDevices(context.platform, companyOf(context), query)),
  route(api.getMyDevice, ({ params }, context) => own(context, params.deviceId)),
  route(api.getMyAsBuilt, ({ params }, context) => ownAsBuilt(context.platform, { ...params, companyId: companyOf(context) })),
  route(api.setSharing, async ({ params, body }, context) => {
    await setSharing(context.platform, { ...params, ...body, companyId: companyOf(context) })
    return own(context, params.deviceId)
  }),
  route(api.issueMyCode, ({ params, body }, context) =>
    issueCodeOfOwner(context.platform, signedIn(context), { ...params, ...body, companyId: companyOf(context) }),
  ),
  route(api.withdrawMyCode, async ({ params }, context) => {
    await withdrawCode(context.platform, { ...params, by: companyOf(context) })
    return undefined
  }),
  route(api.endMyRole, async ({ params }, context) => {
    await endRole(context.platform, { ...params, by: companyOf(context) })
    return undefined
  }),
  route(api.listMyCredentials, ({ params }, context) =>
    ownCredentials(context.platform, { ...params, companyId: companyOf(context) }),
  ),
  route(api.addMyToken, ({ params, body }, context) =>
    addOwnToken(context.platform, signedIn(context), { ...params, ...body, companyId: companyOf(context) }),
  ),
  route(api.revokeMyCredential, async ({ params }, context) => {
    await revokeOwnCredential(context.platform, { ...params, companyId: companyOf(context) })
    return undefined
  }),
  route(api.nameMyAuthority, async ({ body }, context) => {
    await nameAuthority(context.platform, signedIn(context), companyOf(context), body.certificate)
    return (await companyAuthority(context.platform, companyOf(context)))!
  }),
  route(api.endMyAuthority, async (_, context) => {
    await endCompanyAuthority(context.platform, companyOf(context))
    return undefined
  }),
  route(api.readClaim, ({ params }, context) => readClaim(context.platform, companyOf(context), params.code)),
  route(api.claimDevice, ({ params }, context) =>
    claimDevice(context.platform, spokenUntil, { companyId: companyOf(context), code: params.code }),
  ),
]

async function detail({ platform }: RequestContext, deviceId: string) {
  const device = await getDevice(platform, deviceId)
  return { value: device, etag: String(device.revision) }
}

const own = (context: RequestContext, deviceId: string) =>
  getOwnDevice(context.platform, { deviceId, companyId: companyOf(context), manages: context.may('device.manage-own') })

/** Everybody's machines are his company's; who has none has no machine. */
function companyOf(context: RequestContext): string {
  const { companyId } = signedIn(context)
  if (companyId === null) throw notFound({ 'zh-CN': '公司', en: 'company' })
  return companyId
}
