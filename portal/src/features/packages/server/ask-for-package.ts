import { signedIn } from '#features/accounts/server'
import { devicesById } from '#features/devices/server'
import type { InquirySubject } from '#features/sales/core'
import { submitSubject } from '#features/sales/server'
import type { LocalizedText } from '#platform/core'
import { type Account, conflict, type Platform, type RequestContext, translate } from '#platform/server'
import { type EntitlementKind, monthsLater, type Offer } from '../core/index.ts'
import { readOffering } from './read-offering.ts'
import type { PackageTables } from './tables.ts'
import { packageRow } from './write-packages.ts'

interface Wish {
  account: Account
  deviceId: string
  packageId: string
}

/**
 * Begins the trial of a package at a machine of the account's company, once; it ends by itself. 404 for machines that are not its, 409 where it
 * cannot be tried (any more).
 */
export async function startTrial(platform: Platform, wish: Wish): Promise<void> {
  await platform.database.transaction(async () => {
    const offer = await demandOffer(platform, wish, 'mayTry')
    const now = platform.now()
    const until = new Date(now.getTime() + offer.trialDays * 86_400_000)
    const entitlementId = await enter(platform, wish, {
      kind: 'trial',
      times: { granted_at: now, from_at: now, until_at: until },
    })
    const { deviceId, account } = wish
    await platform.record('entitlement.granted', { entitlementId, deviceId, companyId: account.companyId!, kind: 'trial' })
  })
}

interface Request {
  packageId: string
  deviceIds: readonly string[]
  /** what was seen: minor units, of one machine */
  net: number
  currency: string
  message: string
  /** version of the text that was agreed to */
  consent: string
}

/**
 * Asks for a package at machines of the account's company: an inquiry with a line for each, and an entitlement each that waits to be granted.
 * Answers the path of the inquiry. 404 for machines that are not its, 409 where it cannot be asked for, or costs something else by now.
 */
export async function requestPackage(context: RequestContext, { packageId, deviceIds, ...seen }: Request): Promise<string> {
  const { platform } = context
  const account = signedIn(context)
  return platform.database.transaction(async () => {
    const devices = new Map((await devicesById(platform.database, [...new Set(deviceIds)])).map(one => [one.id, one]))
    const lines: InquirySubject['lines'] = []
    let name: LocalizedText | null = null
    for (const deviceId of new Set(deviceIds)) {
      const wish = { account, deviceId, packageId }
      const offer = await demandOffer(platform, wish, 'mayAsk')
      const { price, standings } = offer
      if (price.net !== seen.net || price.currency !== seen.currency) throw otherPrice()
      const renewed = standings.some(({ kind, status }) => kind !== 'trial' && (status === 'running' || status === 'expiring'))
      const entitlementId = await enter(platform, wish, { kind: renewed ? 'renewed' : 'granted', times: notYet })
      await platform.record('entitlement.requested', { entitlementId, deviceId, companyId: account.companyId! })
      const device = devices.get(deviceId)!
      lines.push({ name: offer.name, text: lineText(`${device.model} ${device.serial}`, price.months, renewed), net: price.net })
      name = offer.name
    }
    const subject = {
      ...{ name: name!, lines, net: seen.net * lines.length, currency: seen.currency },
      ...{ deskPath: '/console/entitlements?stage=waiting', ownPath: `/account/machines/${deviceIds[0]}/packages` },
    }
    const { message, consent } = seen
    const token = await submitSubject({ ...context, account }, { subject, message, consent })
    return `/inquiries/${token}`
  })
}

/** A term that the portal itself enters, for the demo: from a moment on, for the months of the package. */
export async function enterEntitlement(
  platform: Platform,
  { packageId, deviceId, companyId, from }: { packageId: string; deviceId: string; companyId: string; from: Date },
): Promise<void> {
  const { months } = await packageRow(platform.database, packageId)
  const times = { granted_at: from, from_at: from, until_at: monthsLater(from, months) }
  await enter(platform, { account: { id: null, companyId }, deviceId, packageId }, { kind: 'granted', times })
}

const notYet = { granted_at: null, from_at: null, until_at: null }

/** For which machine and how long; in both languages, since it lies in the inquiry. */
const lineText = (machine: string, count: number, renewed: boolean): LocalizedText => {
  const key = `packages:line.${renewed ? 'renewed' : 'new'}`
  return { 'zh-CN': translate('zh-CN', key, { machine, count }), en: translate('en', key, { machine, count }) }
}

async function demandOffer(platform: Platform, wish: Wish, may: 'mayTry' | 'mayAsk'): Promise<Offer> {
  const { packages } = await readOffering(platform, wish.account, wish.deviceId)
  const offer = packages.find(({ id }) => id === wish.packageId)
  if (!offer?.[may]) throw unavailable()
  return offer
}

/** account: who asks; null: the portal itself */
interface Entry extends Omit<Wish, 'account'> {
  account: { id: string | null; companyId: string | null }
}

interface Entered {
  kind: EntitlementKind
  times: { granted_at: Date | null; from_at: Date | null; until_at: Date | null }
}

/** What the package is and costs now stays with the entitlement. 409 where somebody else of the company was quicker. */
async function enter(platform: Platform, { account, deviceId, packageId }: Entry, { kind, times }: Entered): Promise<string> {
  const { database } = platform
  const { rights, net, currency, months } = await packageRow(database, packageId)
  const row = await database
    .db<PackageTables>()
    .insertInto('entitlement')
    .values({
      ...{ id: platform.newId(), package_id: packageId, device_id: deviceId, company_id: account.companyId!, kind },
      ...{ rights, currency, months, net: kind === 'trial' ? 0 : net },
      ...{ requested_at: platform.now(), requested_by: account.id, granted_by: null, ...times },
      ...{ ended_at: null, ending: null, told_days: null },
    })
    .onConflict(conflicting => conflicting.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw unavailable()
  return row.id
}

const again = { 'zh-CN': '请重新加载页面，查看当前状态。', en: 'Load the page again to see how it stands.' }

const unavailable = () =>
  conflict(
    'package-unavailable',
    {
      'zh-CN': '现在不能对这台机器这样做：可能已试用、已申请，或该服务包不再提供。',
      en: 'This cannot be done for the machine now: it may have been tried or asked for already, or is not offered any more.',
    },
    again,
  )

const otherPrice = () =>
  conflict('package-unavailable', { 'zh-CN': '价格已变化。', en: 'It costs something else by now.' }, again)
