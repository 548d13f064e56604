import { createHash } from 'node:crypto'
import { inBothLanguages, type Language, type LocalizedText } from '#platform/core'
import { type Account, changedMeanwhile, type Database, invalid, notFound, type Platform } from '#platform/server'
import { defaultNotice, type Notice, type NoticeDraft, type NoticeIssue } from '../core/index.ts'
import type { PrivacyTables } from './tables.ts'

const nothing: LocalizedText = { 'zh-CN': '', en: '' }

/** The text that comes with the portal. */
const shipped = { version: 0, publishedAt: null, change: nothing, text: defaultNotice }

/** The notice that holds now. */
export async function currentNotice(database: Database): Promise<Omit<Notice, 'current'>> {
  const row = await noticesOf(database).orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row ? present(row) : shipped
}

export async function readNotice(database: Database): Promise<Notice & { versions: NoticeIssue[] }> {
  const notice = await currentNotice(database)
  return { ...notice, current: notice.version, versions: await listIssues(database) }
}

/** A version as it was published. 404 where there never was one. */
export async function readNoticeVersion(database: Database, version: number): Promise<Notice> {
  const { version: current } = await currentNotice(database)
  if (version === 0) return { ...shipped, current }
  const row = await noticesOf(database).where('version', '=', version).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '隐私说明版本', en: 'version of the privacy notice' })
  return { ...present(row), current }
}

/** The version of the notice a consent is given under, and the hash of what was read. */
export async function noticeAgreedTo(database: Database, language: Language) {
  const { version, text } = await currentNotice(database)
  return { notice_version: version, notice_hash: createHash('sha256').update(text[language]).digest('hex') }
}

/** The next version, with the revision that an edit has to name. */
export async function readDraft(database: Database): Promise<{ draft: NoticeDraft; revision: number }> {
  const [row, { text: currentText, ...current }, versions] = [
    await keptDraft(database),
    await currentNotice(database),
    await listIssues(database),
  ]
  const text = row?.text ?? currentText
  return { draft: { text, changed: !sameText(text, currentText), current, versions }, revision: row?.revision ?? 0 }
}

interface Edit {
  /** the revision the editor saw */
  revision: string
}

/** Keeps the next version. Said in one language it stands for both. Fails with 412 where somebody changed it meanwhile. */
export async function saveDraft(platform: Platform, { text: typed, revision }: Edit & { text: LocalizedText }): Promise<void> {
  const text = inBothLanguages(typed)
  await platform.database.transaction(async () => {
    await touchDraft(platform, { text, revision })
    await platform.audit.write({ action: 'privacy.notice-drafted', target, facts: lengths(text) })
  })
}

/**
 * Publishes the draft as the next version. From the second on it says what is new. Fails with 422 where there is nothing new, with 412
 * where somebody changed the draft meanwhile.
 */
export async function publishNotice(
  platform: Platform,
  actor: Account,
  { change: typed, revision }: Edit & { change: LocalizedText },
): Promise<void> {
  const { database } = platform
  const change = inBothLanguages(typed)
  await database.transaction(async () => {
    const { draft } = await readDraft(database)
    const { version: before } = draft.current
    // first the draft: of two who publish at once the second waits for it, and is told
    await touchDraft(platform, { text: draft.text, revision })
    if (before > 0 && !draft.changed) throw nothingNew(change)
    if (before > 0 && change.en === '') throw changeMissing()
    const version = before + 1
    await database
      .db<PrivacyTables>()
      .insertInto('privacy_notice')
      .values({
        version,
        text: JSON.stringify(draft.text),
        change: JSON.stringify(change),
        published_at: platform.now(),
        published_by: actor.id,
      })
      .execute()
    await platform.record('privacy.notice-published', { version })
    await platform.audit.write({
      action: 'privacy.notice-published',
      target,
      before: { version: before },
      after: { version },
      facts: { change: change['zh-CN'], ...lengths(draft.text) },
    })
  })
}

const target = { kind: 'privacy-notice', id: 'privacy-notice' }

/** What the log holds of a text that stands in its version anyway. */
const lengths = (text: LocalizedText) => ({ charactersZh: text['zh-CN'].length, charactersEn: text.en.length })

async function touchDraft(platform: Platform, { text, revision }: Edit & { text: LocalizedText }): Promise<void> {
  const before = (await keptDraft(platform.database, true))?.revision ?? 0
  if (String(before) !== revision) throw changedMeanwhile()
  const values = { text: JSON.stringify(text), revision: before + 1, updated_at: platform.now() }
  const { numInsertedOrUpdatedRows } = await platform.database
    .db<PrivacyTables>()
    .insertInto('privacy_notice_draft')
    .values(values)
    // two may write the very first draft: there was no row yet to wait for
    .onConflict(conflict => conflict.column('only_one').doUpdateSet(values).where('privacy_notice_draft.revision', '=', before))
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw changedMeanwhile()
}

const keptDraft = (database: Database, lock = false) =>
  database
    .db<PrivacyTables>()
    .selectFrom('privacy_notice_draft')
    .select(['text', 'revision'])
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()

const noticesOf = (database: Database) =>
  database.db<PrivacyTables>().selectFrom('privacy_notice').select(['version', 'text', 'change', 'published_at'])

async function listIssues(database: Database): Promise<NoticeIssue[]> {
  const rows = await database
    .db<PrivacyTables>()
    .selectFrom('privacy_notice')
    .select(['version', 'change', 'published_at'])
    .orderBy('version', 'desc')
    .execute()
  return rows.map(issueOf)
}

const issueOf = ({ version, change, published_at }: { version: number; change: LocalizedText; published_at: Date }) => ({
  version,
  change,
  publishedAt: published_at.toISOString(),
})

const present = ({ text, ...row }: Parameters<typeof issueOf>[0] & { text: LocalizedText }) => ({ ...issueOf(row), text })

export const sameText = (one: LocalizedText, other: LocalizedText) => one['zh-CN'] === other['zh-CN'] && one.en === other.en

const nothingNew = (change: LocalizedText) =>
  invalid([
    {
      field: '/change',
      value: change['zh-CN'],
      message: { 'zh-CN': '草稿与当前版本相同，没有可发布的内容。', en: 'The draft says what the current version says.' },
      remedy: { 'zh-CN': '请先修改并保存草稿，再发布。', en: 'Change the draft and save it, then publish.' },
    },
  ])

const changeMissing = () =>
  invalid([
    {
      field: '/change/zh-CN',
      value: '',
      message: { 'zh-CN': '没有说明此版本有何变化。', en: 'What is new in this version is missing.' },
      remedy: { 'zh-CN': '请用一句话向读者说明变化。', en: 'Tell readers in a sentence what is new.' },
    },
  ])
