import { listStaff } from '#features/accounts/server'
import { pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import type { PrivacyTables } from './tables.ts'

/** Ends what was kept as long as its declaration says. The log gets numbers only. */
export async function retire(platform: Platform): Promise<void> {
  const rows = await platform.people.retire(platform)
  platform.log.info({ rows }, 'what was kept long enough has been removed')
}

const soonDays = 5

/** Tells those who look after requests how many are due soon or overdue; nothing where none is. */
export async function remind(platform: Platform): Promise<void> {
  const soon = new Date(platform.now().getTime() + soonDays * 24 * 60 * 60_000)
  const { due } = await platform.database
    .db<PrivacyTables>()
    .selectFrom('privacy_request')
    .select(({ fn }) => fn.countAll<number>().as('due'))
    .where('closed_at', 'is', null)
    .where('state', '<>', 'received') // of these nobody knows yet whether the address is theirs
    .where('due_at', '<', soon)
    .executeTakeFirstOrThrow()
  if (due === 0) return
  for (const colleague of await listStaff(platform, 'privacy.manage')) {
    const language = platform.languages.writtenIn(colleague.language)
    const say = (key: string) => translate(language, `privacy:mail.remind.${key}`, { count: due })
    await platform.mail.send({
      to: colleague.email,
      ...mailLayout(language, {
        subject: say('subject'),
        paragraphs: [say('text')],
        action: { label: say('action'), url: new URL(pathIn(language, '/console/privacy'), platform.config.publicUrl).href },
      }),
    })
  }
}
