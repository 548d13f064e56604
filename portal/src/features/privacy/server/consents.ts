import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Language } from '#platform/core'
import { notFound, type Platform } from '#platform/server'
import { type ConsentPurpose, type ConsentView, consentText } from '../core/index.ts'
import { noticeAgreedTo } from './notice.ts'
import { openRequest } from './open-request.ts'
import type { PrivacyTables } from './tables.ts'

interface Given {
  purpose: ConsentPurpose
  version: string
  language: Language
  accountId: string | null
  emailDigest: string | null
  phoneDigest: string | null
  /** where: 'inquiry' */
  form: string
  /** of the HTTP request that carried it */
  requestId: string
}

/** Keeps the proof of a consent: purpose, version and hash of the text and of the privacy notice beside it, time, form, request. In the transaction of what it is for. */
export async function giveConsent(platform: Platform, given: Given): Promise<void> {
  const text = consentText(given.purpose, given.version)
  if (!text) throw new Error(`There is no version ${given.version} of the consent for ${given.purpose}`)
  await platform.database
    .db<PrivacyTables>()
    .insertInto('consent')
    .values({
      ...(await noticeAgreedTo(platform.database, given.language)),
      id: platform.newId(),
      purpose: given.purpose,
      version: given.version,
      text_hash: createHash('sha256').update(text[given.language]).digest('hex'),
      language: given.language,
      account_id: given.accountId,
      email_digest: given.emailDigest,
      phone_digest: given.phoneDigest,
      form: given.form,
      request_id: given.requestId,
      given_at: platform.now(),
      withdrawn_at: null,
    })
    .execute()
}

interface Owner {
  id: string
  emailDigest: string
}

/** What an account consented to, also without signing in, under the address it has confirmed. Newest first. */
export async function listConsents({ database }: Platform, owner: Owner): Promise<ConsentView[]> {
  const rows = await consentsOf(database.db<PrivacyTables>(), owner).orderBy('given_at', 'desc').execute()
  return rows.map(present)
}

/** Withdraws a consent and opens a request, so that those who rely on it are told. 404 for another person's. Twice does no harm. */
export async function withdrawConsent(
  platform: Platform,
  { consentId, owner, email, language }: { consentId: string; owner: Owner; email: string; language: Language },
): Promise<ConsentView> {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<PrivacyTables>()
    const row = await consentsOf(db, owner).where('id', '=', consentId).forUpdate().executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': '同意记录', en: 'consent' })
    await platform.audit.write({ action: 'privacy.consent-withdrawn', target: { kind: 'consent', id: consentId } })
    if (row.withdrawn_at) return present(row)
    const withdrawn_at = platform.now()
    await db.updateTable('consent').set({ withdrawn_at }).where('id', '=', consentId).execute()
    await platform.record('consent.withdrawn', { consentId })
    const words = `${row.purpose} ${row.version}`
    await openRequest(platform, { kind: 'withdrawal', accountId: owner.id, email, words, language, proven: true })
    return present({ ...row, withdrawn_at })
  })
}

const consentsOf = (db: Kysely<PrivacyTables>, { id, emailDigest }: Owner) =>
  db
    .selectFrom('consent')
    .selectAll()
    .where(eb => eb.or([eb('account_id', '=', id), eb('email_digest', '=', emailDigest)]))

const present = (row: PrivacyTables['consent']): ConsentView => ({
  id: row.id,
  purpose: row.purpose,
  version: row.version,
  text: consentText(row.purpose, row.version),
  notice: row.notice_version,
  givenAt: row.given_at.toISOString(),
  withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
})
