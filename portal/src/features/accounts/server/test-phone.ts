import { openKeptSms, type Platform, type SmsTables } from '#platform/server'
import type { TestPortal } from '../../../../test/test-portal.ts'

/** The code of the last text message to a number; null where it got none. */
export async function lastCode({ platform, mails }: TestPortal, phone: string): Promise<string | null> {
  await mails() // waits for the jobs
  const codes = await codesTo(platform, phone)
  return codes.at(-1) ?? null
}

/** Codes of all text messages to a number, oldest first. */
export async function codesTo({ database, vault }: Platform, phone: string): Promise<string[]> {
  const rows = await database
    .db<SmsTables>()
    .selectFrom('sms')
    .select('content')
    .where('content', 'is not', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const messages = await Promise.all(rows.map(({ content }) => openKeptSms(vault, content!)))
  return messages.flatMap(({ recipient, params }) => (recipient === phone && params ? [params.code!] : []))
}
