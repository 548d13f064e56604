import { inLanguage, type Language, pathIn } from '#platform/core'
import { type Collected, mailLayout, notFound, type Platform, sealFields, translate } from '#platform/server'
import { closeRequest } from './move-request.ts'
import { subjectOf } from './subject.ts'
import type { PrivacyTables } from './tables.ts'

/**
 * Collects what is held of whoever asked and closes the request. An account fetches it with a proof; a visitor, whose address is
 * proved, gets it by mail. Done once: a request that is closed is left alone.
 */
export async function collectForRequest(platform: Platform, requestId: string): Promise<void> {
  const { database, vault } = platform
  await database.transaction(async () => {
    const db = database.db<PrivacyTables>()
    const row = await db.selectFrom('privacy_request').selectAll().where('id', '=', requestId).forUpdate().executeTakeFirst()
    if (!row || row.closed_at || row.email === null) return
    const collected = await platform.people.collect(platform, await subjectOf(platform, row))
    const email = await vault.open(row.email, 'privacy_request.email')
    const language = platform.languages.writtenIn(row.language)
    if (row.account_id) {
      await db
        .insertInto('privacy_export')
        .values({
          request_id: requestId,
          ...(await sealFields(vault, 'privacy_export', { content: JSON.stringify(collected) })),
          made_at: platform.now(),
        })
        .execute()
      await mail('ready', pathIn(language, '/account/privacy'), [])
    } else {
      const file = (format: 'json' | 'html') => {
        const { fileName, contentType, content } = asFile(collected, format, language, platform.now())
        return { filename: fileName, contentType, content: new TextEncoder().encode(content) }
      }
      await mail('enclosed', pathIn(language, '/privacy'), [file('html'), file('json')])
    }
    await closeRequest(platform, row, { state: 'done', note: '', actorId: null })

    async function mail(
      kind: 'ready' | 'enclosed',
      path: string,
      attachments: { filename: string; contentType: string; content: Uint8Array }[],
    ) {
      const say = (key: string) => translate(language, `privacy:mail.${kind}.${key}`)
      await platform.mail.send({
        to: email,
        ...mailLayout(language, {
          subject: say('subject'),
          paragraphs: [say('text')],
          action: { label: say('action'), url: new URL(path, platform.config.publicUrl).href },
        }),
        attachments,
      })
    }
  })
}

/** What was collected, for its owner; 404 for anybody else and where it was not collected yet. */
export async function readExport(
  platform: Platform,
  {
    requestId,
    accountId,
    format,
    language,
  }: { requestId: string; accountId: string; format: 'json' | 'html'; language: Language },
) {
  const row = await platform.database
    .db<PrivacyTables>()
    .selectFrom('privacy_export as e')
    .innerJoin('privacy_request as r', 'r.id', 'e.request_id')
    .select(['e.content', 'e.made_at'])
    .where('r.id', '=', requestId)
    .where('r.account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '数据副本', en: 'copy of your data' })
  const collected = JSON.parse(await platform.vault.open(row.content, 'privacy_export.content')) as Collected[]
  await platform.audit.write({
    action: 'privacy.exported',
    target: { kind: 'privacy-request', id: requestId },
    facts: { format },
  })
  return asFile(collected, format, language, row.made_at)
}

function asFile(collected: Collected[], format: 'json' | 'html', language: Language, at: Date) {
  const name = `fettle-data-${at.toISOString().slice(0, 10)}`
  if (format === 'json')
    return {
      fileName: `${name}.json`,
      contentType: 'application/json',
      content: JSON.stringify({ at, data: collected }, null, 2),
    }
  return { fileName: `${name}.html`, contentType: 'text/html', content: asPage(collected, language) }
}

/** A page that needs nothing but itself: no script, no style sheet from elsewhere. */
function asPage(collected: Collected[], language: Language): string {
  const title = translate(language, 'privacy:export.title')
  const sections = collected.map(({ about, rows }) => {
    const tables = rows.map(row => {
      const lines = Object.entries(row).map(
        ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(asText(value))}</td></tr>`,
      )
      return `<table>${lines.join('')}</table>`
    })
    return `<h2>${escapeHtml(inLanguage(about, language))}</h2>${tables.join('')}`
  })
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:0 0 1.5rem;width:100%}th,td{border:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top;white-space:pre-wrap}th{width:12rem;font-weight:500}</style><h1>${escapeHtml(title)}</h1>${sections.join('')}</html>`
}

const asText = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
