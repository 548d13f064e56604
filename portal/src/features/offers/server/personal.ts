import { randomBytes } from 'node:crypto'
import { type Collected, type PersonalData, type PersonalTable, type Platform, type Subject, sealFields } from '#platform/server'
import { contentColumns, openContent, openRecipient, sealRecipient } from './offer-content.ts'
import { messagesOf } from './offer-messages.ts'
import { acceptanceOf } from './read-offer.ts'
import type { OfferTables } from './tables.ts'

const code = 'a word from a fixed list'
const hash = 'a hash of a document'
const staff = 'the id of a colleague'
const closed = { rule: 'closed', days: 730 } as const
const why = { 'zh-CN': '报价并订立合同', en: 'To make an offer and to come to an agreement' }
const email = { 'zh-CN': '邮箱', en: 'e-mail address' }
const phone = { 'zh-CN': '电话', en: 'phone number' }
const name = { 'zh-CN': '姓名', en: 'name' }

const tables: readonly PersonalTable[] = [
  {
    table: 'offer',
    key: ['id'],
    about: { 'zh-CN': '报价', en: 'Offers' },
    why,
    kept: closed,
    personal: {
      search: { protection: 'plain', what: { 'zh-CN': '姓名和公司，供搜索', en: 'name and company, for searching' } },
      email_digest: { protection: 'digest', what: email },
      phone_digest: { protection: 'digest', what: phone },
    },
    impersonal: {
      [code]: ['language', 'currency'],
      'counted through the year': ['number'],
      'ids of account and company': ['account_id', 'company_id'],
    },
  },
  {
    table: 'offer_version',
    key: ['id'],
    about: { 'zh-CN': '报价内容', en: 'What was offered' },
    why,
    kept: closed,
    personal: {
      recipient: { protection: 'sealed', what: { 'zh-CN': '收件人姓名和公司', en: 'name and company addressed' } },
      content: { protection: 'sealed', what: { 'zh-CN': '报价行、条款和备注', en: 'lines, terms and notes of the offer' } },
    },
    impersonal: {
      [code]: ['status'],
      'random, names nobody': ['token'],
      'a day': ['valid_until'],
      [staff]: ['sent_by'],
      [hash]: ['digest'],
    },
  },
  {
    table: 'offer_message',
    key: ['id'],
    about: { 'zh-CN': '关于报价的留言', en: 'Messages about an offer' },
    why,
    kept: closed,
    personal: {
      name: { protection: 'sealed', what: name },
      text: { protection: 'sealed', what: { 'zh-CN': '留言', en: 'message' } },
    },
    impersonal: { [code]: ['kind'], [staff]: ['author_id'] },
  },
  {
    table: 'offer_acceptance',
    key: ['version_id'],
    about: { 'zh-CN': '接受报价的记录', en: 'Acceptance of an offer' },
    why,
    kept: closed,
    personal: {
      name: { protection: 'sealed', what: name },
      network_digest: { protection: 'digest', what: { 'zh-CN': '网络地址', en: 'network address' } },
    },
    impersonal: {
      [code]: ['language'],
      [hash]: ['document_digest', 'agreement_digest'],
      'the version of a text': ['agreement_version'],
      'the id of an account': ['account_id'],
    },
  },
  { table: 'offer_serial', key: ['year'], kept: { rule: 'with', owner: 'portal' }, personal: {}, impersonal: {} },
]

/** What stands for words that were erased, in both languages since it lies in the row. */
const erased = '已删除 · erased'
const dayMs = 24 * 60 * 60_000

export const personal: PersonalData = {
  tables,
  collect: async (platform, subject) => collectOffers(platform, await offersOf(platform, subject)),
  erase: async (platform, subject) => blankOffers(platform, await offersOf(platform, subject)),
  async retire(platform, now) {
    const offers = await offersClosedBefore(platform, new Date(now.getTime() - closed.days * dayMs))
    await blankOffers(platform, offers)
    const counts: Record<string, number> = offers.length > 0 ? { offer: offers.length } : {}
    return counts
  },
}

/** Ids of the offers to this person; by number alone only where there was no address, as with inquiries. */
async function offersOf({ database }: Platform, { accountId, emailDigest, phoneDigest }: Subject): Promise<string[]> {
  const rows = await database
    .db<OfferTables>()
    .selectFrom('offer')
    .select('id')
    .where(eb =>
      eb.or([
        ...(accountId ? [eb('account_id', '=', accountId)] : []),
        ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        ...(phoneDigest ? [eb.and([eb('phone_digest', '=', phoneDigest), eb('email_digest', 'is', null)])] : []),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** Offers that nobody has touched since, whose every version has come to its end. */
async function offersClosedBefore({ database }: Platform, before: Date): Promise<string[]> {
  const rows = await database
    .db<OfferTables>()
    .selectFrom('offer as o')
    .select('o.id')
    .where('o.updated_at', '<', before)
    .where('o.search', '<>', erased)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('offer_version as v')
            .select('v.id')
            .whereRef('v.offer_id', '=', 'o.id')
            .where('v.status', 'in', ['draft', 'sent', 'countered']),
        ),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * Takes the person out of the offers to him: names, company, messages, the notes of what came to nothing, and the links. Goods, amounts
 * and terms stay, which are the manufacturer's own, and so does that somebody agreed to them.
 */
async function blankOffers(platform: Platform, offerIds: readonly string[]): Promise<void> {
  if (offerIds.length === 0) return
  const { database, vault } = platform
  await database.transaction(async () => {
    const db = database.db<OfferTables>()
    const nobody = { email_digest: null, phone_digest: null, account_id: null, company_id: null }
    await db
      .updateTable('offer')
      .set({ ...nobody, search: erased })
      .where('id', 'in', offerIds)
      .execute()
    await db
      .updateTable('offer_message')
      .set(await sealFields(vault, 'offer_message', { name: erased, text: erased }))
      .where('offer_id', 'in', offerIds)
      .execute()
    const versions = await db
      .selectFrom('offer_version')
      .select(['id', 'status', 'content'])
      .where('offer_id', 'in', offerIds)
      .execute()
    for (const { id, status, content } of versions) {
      const said = await openContent(vault, content)
      const notes = status === 'accepted' ? said.terms.notes : ''
      await db
        .updateTable('offer_version')
        .set({
          ...(await contentColumns(platform, { ...said, terms: { ...said.terms, notes } })),
          recipient: await sealRecipient(vault, { name: erased, company: '' }),
          token: randomBytes(16).toString('base64url'),
        })
        .where('id', '=', id)
        .execute()
    }
    await db
      .updateTable('offer_acceptance')
      .set({ ...(await sealFields(vault, 'offer_acceptance', { name: erased })), account_id: null, network_digest: '' })
      .where(
        'version_id',
        'in',
        versions.map(({ id }) => id),
      )
      .execute()
  })
}

/** Whose account it was may be a colleague's. */
async function ownAcceptance(platform: Platform, versionId: string) {
  const acceptance = await acceptanceOf(platform, versionId)
  return acceptance && { name: acceptance.name, at: acceptance.at, agreementVersion: acceptance.agreementVersion }
}

async function collectOffers(platform: Platform, offerIds: readonly string[]): Promise<Collected[]> {
  if (offerIds.length === 0) return []
  const { database, vault } = platform
  const db = database.db<OfferTables>()
  const offers = await db.selectFrom('offer').selectAll().where('id', 'in', offerIds).orderBy('created_at').execute()
  const rows = await Promise.all(
    offers.map(async offer => {
      const versions = await db
        .selectFrom('offer_version')
        .select(['id', 'version', 'status', 'net', 'gross', 'sent_at', 'recipient', 'content'])
        .where('offer_id', '=', offer.id)
        .where('sent_at', 'is not', null) // drafts are not his
        .orderBy('version')
        .execute()
      return {
        number: offer.number,
        currency: offer.currency,
        created_at: offer.created_at,
        versions: await Promise.all(
          versions.map(async ({ id, recipient, content, ...version }) => ({
            ...version,
            ...(await openRecipient(vault, recipient)),
            lines: (await openContent(vault, content)).lines.map(line => line.name),
            accepted: await ownAcceptance(platform, id),
          })),
        ),
        messages: (await messagesOf(platform, offer.id)).map(({ kind, name, text, at }) => ({ kind, name, text, at })),
      }
    }),
  )
  return [{ about: { 'zh-CN': '报价', en: 'Offers' }, rows }]
}
