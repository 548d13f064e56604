import { renderSheetPdf } from '#features/configurator/server'
import { formatMoney, pathIn } from '#platform/core'
import { type Listener, mailLayout, translate } from '#platform/server'
import { inquiryAttachments } from './attachments.ts'
import type { SalesReads } from './tables.ts'

/** Mails the visitor his specification sheet, as a link and as a PDF, in his language. Without an e-mail address nothing is sent. */
export const confirmInquiry: Listener<'inquiry.submitted'> = {
  name: 'sales.confirm-inquiry',
  async handle({ data: { inquiryId } }, platform) {
    const { database, config, vault } = platform
    const row = await database
      .db<SalesReads>()
      .selectFrom('inquiry as i')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
      .select([
        'i.id',
        'i.token',
        'k.name',
        'k.email',
        'k.language',
        'k.account_id',
        'i.subject',
        'c.token as configuration_token',
      ])
      .where('i.id', '=', inquiryId)
      .executeTakeFirstOrThrow()
    if (!row.email) return
    const language = platform.languages.writtenIn(row.language)
    const sheet = row.configuration_token
      ? await renderSheetPdf(platform, row.configuration_token, {
          language,
          // He was signed in when he asked, so he may read the prices that are shown to whoever is.
          reader: row.account_id ? 'customer' : 'stranger',
        })
      : null
    const product = sheet?.productName ?? row.subject?.name[language] ?? ''
    const files = (await inquiryAttachments(platform, row.id)).map(({ name }) => name)
    const url = new URL(pathIn(language, `/inquiries/${row.token}`), config.publicUrl).href
    await platform.mail.send({
      to: await vault.open(row.email, 'contact.email'),
      ...mailLayout(language, {
        subject: translate(language, 'sales:mail.confirm.subject', { product }),
        greeting: translate(language, row.name ? 'sales:mail.greetingNamed' : 'sales:mail.greeting', { name: row.name }),
        paragraphs: [
          translate(language, `sales:mail.confirm.${sheet ? 'received' : 'receivedSubject'}`, { product }),
          ...(files.length > 0
            ? [translate(language, 'sales:mail.confirm.attachments', { names: files.join(language === 'en' ? ', ' : '、') })]
            : []),
          translate(language, `sales:mail.confirm.${sheet ? 'next' : 'nextSubject'}`),
        ],
        facts: (row.subject?.lines ?? []).map(line => ({
          label: `${line.name[language]} · ${line.text[language]}`,
          value: formatMoney(line.net, row.subject!.currency, language),
        })),
        action: { label: translate(language, 'sales:mail.confirm.open'), url },
      }),
      attachments: sheet ? [{ filename: sheet.fileName, contentType: 'application/pdf', content: sheet.pdf }] : [],
    })
  },
}
