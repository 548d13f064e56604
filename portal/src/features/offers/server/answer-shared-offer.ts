import { invalid, networkOf, type Platform, type RequestContext, sealFields } from '#platform/server'
import { agreement, mayBecome } from '../core/index.ts'
import { documentDigest, openContent, sha256 } from './offer-content.ts'
import { addMessage } from './offer-messages.ts'
import { factsOf, lockByToken, moveVersion, refusedMove, statusAt, touchOffer } from './offer-rows.ts'
import type { OfferTables } from './tables.ts'

interface Written {
  token: string
  kind: 'question' | 'counter' | 'renewal'
  name: string
  text: string
  /** minor units */
  proposedNet: number | null
}

/**
 * A question moves nothing. A counter-proposal marks an open version as countered, which can still be accepted. Renewal is asked for
 * where it has expired. Fails with `offer-transition` where the version is not in a state for it.
 */
export async function writeOnOffer(platform: Platform, { token, kind, name, text, proposedNet }: Written): Promise<void> {
  await platform.database.transaction(async () => {
    const { offer, version } = await lockByToken(platform, token)
    const status = statusAt(version, platform.now())
    if (kind === 'counter' && status !== 'countered') await moveVersion(platform, version, 'countered')
    if (kind === 'renewal' && status !== 'expired') throw refusedMove(status, 'expired')
    await addMessage(platform, {
      offer,
      version,
      kind,
      author: null,
      name,
      text,
      proposedNet: kind === 'counter' ? proposedNet : null,
    })
    await touchOffer(platform, offer.id)
    await platform.record(kind === 'counter' ? 'offer.countered' : 'offer.asked', factsOf(offer, version))
  })
}

interface Acceptance {
  token: string
  name: string
  agreementVersion: string
}

/**
 * Accepts a version: one record with the hashes of what was agreed. Whoever comes second finds it accepted. Of two people who accept
 * and withdraw at once the first wins, since both hold the offer's row. Fails with `offer-transition` where it cannot be accepted.
 */
export async function acceptOffer(context: RequestContext, { token, name, agreementVersion }: Acceptance): Promise<void> {
  const { platform, account, language, address } = context
  if (agreementVersion !== agreement.version) throw agreementOutdated(agreementVersion)
  await platform.database.transaction(async () => {
    const { offer, version } = await lockByToken(platform, token)
    if (version.status === 'accepted') return
    await moveVersion(platform, version, 'accepted')
    await platform.database
      .db<OfferTables>()
      .insertInto('offer_acceptance')
      .values({
        version_id: version.id,
        document_digest: documentDigest(offer, version.version, await openContent(platform.vault, version.content)),
        agreement_version: agreement.version,
        agreement_digest: sha256(agreement.text[language]),
        language,
        ...(await sealFields(platform.vault, 'offer_acceptance', { name })),
        account_id: account?.id ?? null,
        network_digest: platform.vault.digest(networkOf(address), 'offer_acceptance.network'),
        at: platform.now(),
      })
      .execute()
    await dropDraft(platform, offer.id)
    await touchOffer(platform, offer.id)
    await platform.record('offer.accepted', factsOf(offer, version))
  })
}

/** The customer does not want it. Fails with `offer-transition`; refused twice it stays refused. */
export async function declineOffer(
  platform: Platform,
  { token, name, reason }: { token: string; name: string; reason: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const { offer, version } = await lockByToken(platform, token)
    if (version.status === 'declined') return
    const status = statusAt(version, platform.now())
    if (!mayBecome(status, 'declined')) throw refusedMove(status, 'declined')
    await moveVersion(platform, version, 'declined')
    await addMessage(platform, { offer, version, kind: 'declined', author: null, name, text: reason })
    await touchOffer(platform, offer.id)
    await platform.record('offer.declined', factsOf(offer, version))
  })
}

/** What sales was about to send instead has no place beside an agreement. */
const dropDraft = (platform: Platform, offerId: string) =>
  platform.database
    .db<OfferTables>()
    .deleteFrom('offer_version')
    .where('offer_id', '=', offerId)
    .where('status', '=', 'draft')
    .execute()

const agreementOutdated = (version: string) =>
  invalid([
    {
      field: '/agreementVersion',
      value: version,
      message: { 'zh-CN': '同意文本已更新。', en: 'The text to agree to has changed.' },
      remedy: { 'zh-CN': '请重新加载页面后再接受。', en: 'Reload the page, then accept.' },
    },
  ])
