import type { Language } from '#platform/core'
import { openKeptSms, type Platform, type Sealed, type SmsTables, translate, type Vault } from '#platform/server'
import type { CaughtMailSummary } from '../core/index.ts'

interface SmsRow {
  id: string
  content: Sealed
  /** null: caught by the demo */
  why: string | null
  code: string | null
  at: Date
}

/** One text message that was caught or refused; undefined where there is none. */
export async function findSms({ database }: Platform, id: string): Promise<SmsRow | undefined> {
  const row = await database
    .db<SmsTables>()
    .selectFrom('sms')
    .select(['id', 'content', 'why', 'code', 'at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.content ? { ...row, content: row.content } : undefined
}

/** A text message in words of ours: those that would go out are the template agreed with the carrier. */
export async function openSms(
  vault: Vault,
  { id, content, why, code, at }: SmsRow,
  language: Language,
): Promise<CaughtMailSummary & { text: string }> {
  const { recipient, template, params } = await openKeptSms(vault, content)
  const say = (key: string, values: Record<string, string> = {}) => translate(language, `mailbox:sms.${key}`, values)
  return {
    id,
    kind: 'text-message',
    to: recipient,
    subject: say(template),
    text: params ? say(`${template}Text`, params) : say('contentGone'),
    attachments: 0,
    at: at.toISOString(),
    waiting: false,
    refusal: why && say(`why.${why}`, { code: code ?? '' }),
  }
}
