import { pathIn } from '#platform/core'
import { type Account, conflict, mailLayout, openFields, type Platform, translate } from '#platform/server'
import { addEntry, lockLead, moveLead } from './change-lead.ts'
import type { SalesTables } from './tables.ts'

interface Answer {
  leadId: string
  subject: string
  text: string
}

/** Mails the contact in his language and notes it in the timeline; a new lead becomes contacted. Fails with `no-email` where there is no address. */
export async function answerLead(platform: Platform, author: Account, { leadId, subject, text }: Answer): Promise<void> {
  const { database, config, vault } = platform
  await database.transaction(async () => {
    const lead = await lockLead(platform, leadId)
    const row = await database
      .db<SalesTables>()
      .selectFrom('inquiry as i')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .select(['k.email', 'k.language', 'i.token'])
      .where('i.id', '=', lead.inquiry_id)
      .executeTakeFirstOrThrow()
    if (!row.email) throw noEmail()
    const contact = await openFields(vault, 'contact', row, ['email'])
    const language = platform.languages.writtenIn(contact.language)
    await platform.mail.send({
      to: contact.email!,
      replyTo: author.email,
      ...mailLayout(language, {
        subject,
        paragraphs: text.split(/\n{2,}/),
        signature: author.name,
        action: {
          label: translate(language, 'sales:mail.answer.open'),
          url: new URL(pathIn(language, `/inquiries/${contact.token}`), config.publicUrl).href,
        },
      }),
    })
    await addEntry(platform, leadId, 'answered', author, { subject, text })
    if (lead.status === 'new') await moveLead(platform, lead, 'contacted', author)
    await platform.record('lead.answered', { leadId })
    await platform.audit.write({ action: 'lead.answered', target: { kind: 'lead', id: leadId } })
  })
}

const noEmail = () =>
  conflict(
    'no-email',
    { 'zh-CN': '该联系人未留下邮箱。', en: 'This contact left no e-mail address.' },
    { 'zh-CN': '请电话联系，并在备注中记录。', en: 'Call, and record it as a note.' },
  )
