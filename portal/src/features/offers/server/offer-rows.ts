import type { Selectable } from 'kysely'
import { changedMeanwhile, conflict, type Database, notFound, type Platform } from '#platform/server'
import { isOpen, mayBecome, type OfferFacts, type OfferStatus } from '../core/index.ts'
import type { OfferTables } from './tables.ts'

export type OfferRow = Selectable<OfferTables['offer']>
export type VersionRow = Selectable<OfferTables['offer_version']>

const newest = (platform: Platform, offerId: string) =>
  platform.database
    .db<OfferTables>()
    .selectFrom('offer_version')
    .selectAll()
    .where('offer_id', '=', offerId)
    .orderBy('version', 'desc')

/** The offer, locked until the ambient transaction ends, with its newest version. 404 where there is none, 412 where it was changed since. */
export async function lockOffer(
  platform: Platform,
  offerId: string,
  revision?: string,
): Promise<{ offer: OfferRow; version: VersionRow }> {
  const offer = await platform.database
    .db<OfferTables>()
    .selectFrom('offer')
    .selectAll()
    .where('id', '=', offerId)
    .forUpdate()
    .executeTakeFirst()
  if (!offer) throw noSuchOffer()
  if (revision !== undefined && String(offer.revision) !== revision) throw changedMeanwhile()
  return { offer, version: await newest(platform, offerId).executeTakeFirstOrThrow() }
}

/** The same by the link of a version that was sent: that version, whether it is the newest or not. */
export async function lockByToken(platform: Platform, token: string): Promise<{ offer: OfferRow; version: VersionRow }> {
  const { offer_id, version } = await findByToken(platform, token)
  const { offer } = await lockOffer(platform, offer_id)
  const rows = await newest(platform, offer_id).execute()
  return { offer, version: rows.find(row => row.version === version)! }
}

/** The offer with its newest version, to be read; 404 where there is none. */
export async function findOffer(platform: Platform, offerId: string): Promise<{ offer: OfferRow; version: VersionRow }> {
  const offer = await platform.database
    .db<OfferTables>()
    .selectFrom('offer')
    .selectAll()
    .where('id', '=', offerId)
    .executeTakeFirst()
  if (!offer) throw noSuchOffer()
  return { offer, version: await newest(platform, offerId).executeTakeFirstOrThrow() }
}

/** A version that was sent, by its link; 404 for any other token, also that of a draft. */
export async function findByToken({ database }: Platform, token: string): Promise<VersionRow> {
  const row = await database
    .db<OfferTables>()
    .selectFrom('offer_version')
    .selectAll()
    .where('token', '=', token)
    .where('sent_at', 'is not', null)
    .executeTakeFirst()
  if (!row) throw noSuchOffer()
  return row
}

/** All versions, the newest first. */
export const versionsOf = (platform: Platform, offerId: string): Promise<VersionRow[]> => newest(platform, offerId).execute()

/** As it stands now: what nobody has marked as expired yet is so all the same. */
export const statusAt = ({ status, expires_at }: Pick<VersionRow, 'status' | 'expires_at'>, now: Date): OfferStatus =>
  isOpen(status) && expires_at !== null && expires_at <= now ? 'expired' : status

/** Moves a version along the table; the offer must be locked. Fails with `offer-transition`. */
export async function moveVersion(
  platform: Platform,
  version: VersionRow,
  to: OfferStatus,
  also: Partial<VersionRow> = {},
): Promise<void> {
  const byThePortal = to === 'superseded' || to === 'expired'
  const from = byThePortal ? version.status : statusAt(version, platform.now())
  if (!mayBecome(from, to)) throw refusedMove(from, to)
  await platform.database
    .db<OfferTables>()
    .updateTable('offer_version')
    .set({ ...also, status: to })
    .where('id', '=', version.id)
    .execute()
}

/** Raises the revision, so that whoever edits an older view is told, and tells whoever has the offer open. */
export async function touchOffer(platform: Platform, offerId: string): Promise<void> {
  await platform.database
    .db<OfferTables>()
    .updateTable('offer')
    .set(eb => ({ revision: eb('revision', '+', 1), updated_at: platform.now() }))
    .where('id', '=', offerId)
    .execute()
  await platform.live.publish('offers', offerId)
}

/** What a version offers, net, in minor units; null where it is not there. */
export async function offerWorth({ db }: Database, versionId: string): Promise<{ currency: string; net: number } | null> {
  const row = await db<OfferTables>()
    .selectFrom('offer_version as v')
    .innerJoin('offer as o', 'o.id', 'v.offer_id')
    .select(['o.currency', 'v.net'])
    .where('v.id', '=', versionId)
    .executeTakeFirst()
  return row ?? null
}

export const factsOf = (offer: OfferRow, version: VersionRow): OfferFacts => ({
  offerId: offer.id,
  versionId: version.id,
  leadId: offer.lead_id,
  number: offer.number,
  version: version.version,
})

export const offerTarget = (offerId: string) => ({ kind: 'offer', id: offerId })

export const noSuchOffer = () => notFound({ 'zh-CN': '报价', en: 'offer' })

const words: Record<OfferStatus, { 'zh-CN': string; en: string }> = {
  draft: { 'zh-CN': '草稿', en: 'a draft' },
  sent: { 'zh-CN': '已发送', en: 'sent' },
  countered: { 'zh-CN': '客户已还价', en: 'countered' },
  accepted: { 'zh-CN': '已接受', en: 'accepted' },
  declined: { 'zh-CN': '已谢绝', en: 'declined' },
  expired: { 'zh-CN': '已过期', en: 'expired' },
  withdrawn: { 'zh-CN': '已撤回', en: 'withdrawn' },
  superseded: { 'zh-CN': '已被新版本取代', en: 'superseded' },
}

export const refusedMove = (from: OfferStatus, to: OfferStatus) =>
  conflict(
    'offer-transition',
    {
      'zh-CN': `此报价版本的状态是“${words[from]['zh-CN']}”，不能改为“${words[to]['zh-CN']}”。`,
      en: `This version of the offer is ${words[from].en} and cannot become ${words[to].en}.`,
    },
    { 'zh-CN': '请重新加载页面，查看最新状态。', en: 'Reload the page to see how it stands.' },
    { from, to },
  )
