import { randomBytes } from 'node:crypto'
import { readManufacturer } from '#features/manufacturer/server'
import { readPreset } from '#features/products/server'
import { type LeadForOffer, leadForOffer, withoutConfiguration } from '#features/sales/server'
import { inLanguage, type Language } from '#platform/core'
import type { Platform, Sealed } from '#platform/server'
import { addDays, dayIn, type OfferContent, type OfferLine } from '../core/index.ts'
import { readListed } from './list-prices.ts'
import { contentColumns, sealRecipient, searchOf } from './offer-content.ts'
import { offerTarget } from './offer-rows.ts'
import { firstTerms } from './preset-terms.ts'
import type { OfferTables } from './tables.ts'

/** Days for which a new offer holds, and before their end on which the customer is reminded, until sales says otherwise. */
const preset = { validDays: 30, remindDays: 3 }

/** Begins an offer for a lead: a draft whose first line is the configuration that was asked for, at its price. 404 for an unknown lead, 409 for one about something else. */
export async function createOffer(platform: Platform, leadId: string): Promise<{ id: string; number: string }> {
  const { database } = platform
  return database.transaction(async () => {
    const lead = await leadForOffer(platform, leadId)
    const { timeZone } = await readManufacturer(database)
    const { configurationToken } = lead
    if (configurationToken === null) throw withoutConfiguration()
    const listed = await readListed(database, configurationToken)
    const { preset: usual } = await readPreset(database)
    const now = platform.now()
    const today = dayIn(now, timeZone)
    const id = platform.newId()
    const number = await nextNumber(platform, Number(today.slice(0, 4)))
    const db = database.db<OfferTables>()
    await db
      .insertInto('offer')
      .values({
        id,
        number,
        lead_id: leadId,
        language: lead.language,
        currency: listed.currency,
        search: searchOf(lead),
        ...ownerOf(lead),
        revision: 1,
        created_at: now,
        updated_at: now,
      })
      .execute()
    const content: OfferContent = {
      lines: [{ ...configurationLine(listed, lead.language), configurationToken, id: platform.newId() }],
      discount: { kind: 'percent', percent: 0 },
      taxPercent: listed.taxPercent ?? usual.tax?.percent ?? 0,
      validUntil: addDays(today, preset.validDays),
      remindDays: preset.remindDays,
      terms: firstTerms[lead.language],
    }
    const recipient = await sealRecipient(platform.vault, lead)
    const versionId = await addDraft(platform, { offerId: id, version: 1, recipient, content })
    await platform.record('offer.drafted', { offerId: id, versionId, leadId, number, version: 1 })
    await platform.audit.write({ action: 'offer.created', target: offerTarget(id), facts: { number, leadId } })
    await platform.live.publish('offers', id)
    return { id, number }
  })
}

interface Draft {
  offerId: string
  version: number
  recipient: Sealed & string
  content: OfferContent
}

/** Answers the id of the new version. */
export async function addDraft(platform: Platform, { offerId, version, recipient, content }: Draft): Promise<string> {
  const id = platform.newId()
  await platform.database
    .db<OfferTables>()
    .insertInto('offer_version')
    .values({
      id,
      offer_id: offerId,
      version,
      status: 'draft',
      token: randomBytes(16).toString('base64url'),
      recipient,
      ...(await contentColumns(platform, content)),
      expires_at: null,
      remind_at: null,
      sent_at: null,
      sent_by: null,
      digest: null,
      created_at: platform.now(),
    })
    .execute()
  return id
}

/** AN-2026-0001, one after the other within a year; a number whose transaction failed is given again. */
async function nextNumber({ database }: Platform, year: number): Promise<string> {
  const { last } = await database
    .db<OfferTables>()
    .insertInto('offer_serial')
    .values({ year, last: 1 })
    .onConflict(conflict => conflict.column('year').doUpdateSet(eb => ({ last: eb('offer_serial.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow()
  return `AN-${year}-${String(last).padStart(4, '0')}`
}

const ownerOf = ({ emailDigest, phoneDigest, accountId, companyId }: LeadForOffer) => ({
  email_digest: emailDigest,
  phone_digest: phoneDigest,
  account_id: accountId,
  company_id: companyId,
})

function configurationLine(
  { name, typeCode, spec, net }: Awaited<ReturnType<typeof readListed>>,
  language: Language,
): Omit<OfferLine, 'id' | 'configurationToken'> {
  return {
    kind: 'configuration',
    code: typeCode,
    name: inLanguage(name, language).slice(0, 200),
    text: spec[language].slice(0, 2000),
    listPrice: net,
    quantity: 1,
    unit: language === 'en' ? 'pc' : '台',
    unitPrice: net,
    discountPercent: 0,
    cost: null,
  }
}
