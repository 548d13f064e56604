import { readManufacturer } from '#features/manufacturer/server'
import { type Account, conflict, type Platform } from '#platform/server'
import {
  dayIn,
  discountLimitOf,
  endOfDay,
  hindrances,
  isOpen,
  mayBecome,
  mayFollow,
  type OfferContent,
  type OfferStatus,
} from '../core/index.ts'
import { addDraft } from './create-offer.ts'
import { incomplete } from './incomplete.ts'
import { withListPrices } from './list-prices.ts'
import { contentColumns, documentDigest, openContent, openRecipient, sealRecipient, searchOf } from './offer-content.ts'
import { addMessage } from './offer-messages.ts'
import { factsOf, lockOffer, moveVersion, offerTarget, refusedMove, statusAt, touchOffer, versionsOf } from './offer-rows.ts'
import type { OfferTables, Recipient } from './tables.ts'

interface Edit {
  offerId: string
  /** the one the editor saw */
  revision: string
}

const dayMs = 24 * 60 * 60_000

/**
 * Changes the draft. List prices are the portal's own; costs stay as they were where the editor may not see them.
 * Fails with 412, or `offer-transition` where the newest version is no draft.
 */
export async function saveDraft(
  platform: Platform,
  { offerId, revision, recipient, content, seesCost }: Edit & { recipient: Recipient; content: OfferContent; seesCost: boolean },
): Promise<void> {
  const { database, vault } = platform
  await database.transaction(async () => {
    const { version } = await lockOffer(platform, offerId, revision)
    if (version.status !== 'draft') throw refusedMove(version.status, 'draft')
    const before = await openContent(vault, version.content)
    const costs = new Map(before.lines.map(({ id, cost }) => [id, cost]))
    const lines = (await withListPrices(database, content.lines)).map(line =>
      seesCost ? line : { ...line, cost: costs.get(line.id) ?? null },
    )
    const columns = {
      ...(await contentColumns(platform, { ...content, lines })),
      recipient: await sealRecipient(vault, recipient),
    }
    const db = database.db<OfferTables>()
    await db.updateTable('offer_version').set(columns).where('id', '=', version.id).execute()
    await db
      .updateTable('offer')
      .set({ search: searchOf(recipient) })
      .where('id', '=', offerId)
      .execute()
    await touchOffer(platform, offerId)
    await platform.audit.write({
      action: 'offer.changed',
      target: offerTarget(offerId),
      before: { version: version.version, net: version.net, lines: before.lines.length, validUntil: version.valid_until },
      after: { version: version.version, net: columns.net, lines: lines.length, validUntil: columns.valid_until },
    })
  })
}

/**
 * Sends the draft: it gets its last moment and its hash, and whatever version the customer had gives way to it. The mail follows the
 * event. Fails with `offer-incomplete`, which names each line, and who may give such a discount.
 */
export async function sendOffer(
  platform: Platform,
  actor: Pick<Account, 'id' | 'roles'>,
  { offerId, revision }: Edit,
): Promise<void> {
  const { database, vault } = platform
  await database.transaction(async () => {
    const { offer, version } = await lockOffer(platform, offerId, revision)
    if (!mayBecome(version.status, 'sent')) throw refusedMove(version.status, 'sent')
    const content = await openContent(vault, version.content)
    const { timeZone } = await readManufacturer(database)
    const now = platform.now()
    const found = hindrances(content, { limit: discountLimitOf(actor.roles), today: dayIn(now, timeZone) })
    if (found.length > 0) throw incomplete(found, content)
    const expiresAt = endOfDay(content.validUntil, timeZone)
    const remindAt = new Date(expiresAt.getTime() - content.remindDays * dayMs)
    for (const earlier of await versionsOf(platform, offerId))
      if (mayBecome(earlier.status, 'superseded')) await moveVersion(platform, earlier, 'superseded')
    await moveVersion(platform, version, 'sent', {
      sent_at: now,
      sent_by: actor.id,
      expires_at: expiresAt,
      remind_at: content.remindDays > 0 && remindAt > now ? remindAt : null,
      digest: documentDigest(offer, version.version, content),
    })
    await touchOffer(platform, offerId)
    await platform.record('offer.sent', { ...factsOf(offer, version), by: actor.id })
    await platform.audit.write({
      action: 'offer.sent',
      target: offerTarget(offerId),
      facts: { number: offer.number, version: version.version, net: version.net },
    })
  })
}

/** Begins the next version as a copy of the newest. Fails with `offer-transition` where that is a draft or was accepted. */
export async function followOffer(platform: Platform, { offerId, revision }: Edit): Promise<void> {
  await platform.database.transaction(async () => {
    const { offer, version } = await lockOffer(platform, offerId, revision)
    if (!mayFollow(version.status) || (await versionsOf(platform, offerId)).some(({ status }) => status === 'accepted'))
      throw refusedMove(version.status, 'draft')
    const content = await openContent(platform.vault, version.content)
    const next = version.version + 1
    const lines = await withListPrices(platform.database, content.lines)
    const recipient = await sealRecipient(platform.vault, await openRecipient(platform.vault, version.recipient))
    const versionId = await addDraft(platform, { offerId, version: next, recipient, content: { ...content, lines } })
    await touchOffer(platform, offerId)
    await platform.record('offer.drafted', { ...factsOf(offer, version), versionId, version: next })
    await platform.audit.write({
      action: 'offer.changed',
      target: offerTarget(offerId),
      before: { version: version.version },
      after: { version: next },
    })
  })
}

/**
 * Takes the newest version back. A draft is given up; the version before it, which the customer has, is then the newest again.
 * Fails with `offer-transition`.
 */
export async function withdrawOffer(
  platform: Platform,
  actor: Account,
  { offerId, revision, reason }: Edit & { reason: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { offer, version } = await lockOffer(platform, offerId, revision)
    const from: OfferStatus = statusAt(version, platform.now())
    if (version.status === 'draft' && version.version > 1) {
      await database.db<OfferTables>().deleteFrom('offer_version').where('id', '=', version.id).execute()
    } else {
      await moveVersion(platform, version, 'withdrawn')
      if (isOpen(from)) {
        if (reason) await addMessage(platform, { offer, version, kind: 'withdrawn', author: actor, text: reason })
        await platform.record('offer.withdrawn', { ...factsOf(offer, version), by: actor.id })
      }
    }
    await touchOffer(platform, offerId)
    await platform.audit.write({
      action: 'offer.withdrawn',
      target: offerTarget(offerId),
      facts: { number: offer.number, version: version.version, was: from },
    })
  })
}

/** Answers the customer. Fails with `offer-transition` where nothing was sent yet. */
export async function answerOffer(
  platform: Platform,
  actor: Account,
  { offerId, text }: { offerId: string; text: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const { offer } = await lockOffer(platform, offerId)
    const version = (await versionsOf(platform, offerId)).find(({ sent_at }) => sent_at !== null)
    if (!version) throw notSent()
    await addMessage(platform, { offer, version, kind: 'answer', author: actor, text })
    await touchOffer(platform, offerId)
    await platform.record('offer.answered', { ...factsOf(offer, version), by: actor.id })
    await platform.audit.write({ action: 'offer.answered', target: offerTarget(offerId) })
  })
}

const notSent = () =>
  conflict(
    'offer-transition',
    { 'zh-CN': '此报价还没有发送给客户。', en: 'The customer has not been sent this offer yet.' },
    { 'zh-CN': '请先发送报价。', en: 'Send it first.' },
  )
