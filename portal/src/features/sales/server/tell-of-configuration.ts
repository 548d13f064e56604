import { renderSheetPdf } from '#features/configurator/server'
import { pathIn } from '#platform/core'
import { type Listener, mailLayout, translate } from '#platform/server'
import { lastReturned } from './last-returned.ts'
import type { SalesReads } from './tables.ts'

/** Mails the customer the configuration that sales has worked out, with its sheet. Without an e-mail address nothing is sent. */
export const tellOfConfiguration: Listener<'inquiry.configured'> = {
  name: 'sales.tell-of-configuration',
  async handle({ data: { inquiryId, configurationId } }, platform) {
    const { database, config, vault } = platform
    const row = await database
      .db<SalesReads>()
      .selectFrom('inquiry as i')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .innerJoin('configuration as c', 'c.id', 'i.configuration_id')
      .select([
        'i.id',
        'i.token',
        'i.configuration_id',
        'k.name',
        'k.email',
        'k.language',
        'k.account_id',
        'c.token as configuration_token',
      ])
      .where('i.id', '=', inquiryId)
      .executeTakeFirstOrThrow()
    if (!row.email || row.configuration_id !== configurationId) return // a later one has its own mail
    const language = platform.languages.writtenIn(row.language)
    const { pdf, fileName, productName } = await renderSheetPdf(platform, row.configuration_token, {
      language,
      reader: row.account_id ? 'customer' : 'stranger', // as in the mail that confirmed his inquiry
    })
    const note = (await lastReturned(platform, row.id))?.note ?? ''
    const say = (key: string, values = {}) => translate(language, `sales:mail.${key}`, values)
    await platform.mail.send({
      to: await vault.open(row.email, 'contact.email'),
      ...mailLayout(language, {
        subject: say('configured.subject', { product: productName }),
        greeting: say(row.name ? 'greetingNamed' : 'greeting', { name: row.name }),
        paragraphs: [say('configured.text', { product: productName }), ...note.split(/\n{2,}/).filter(Boolean)],
        action: {
          label: say('configured.open'),
          url: new URL(pathIn(language, `/inquiries/${row.token}`), config.publicUrl).href,
        },
      }),
      attachments: [{ filename: fileName, contentType: 'application/pdf', content: pdf }],
    })
  },
}
