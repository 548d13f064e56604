import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const mailboxCalls: Record<string, Call> = {
  'mailbox.listMail': none,
  'mailbox.getMail': {
    async call({ database }) {
      const { rows } = await database.pool.query('select id from caught_mail limit 1')
      return { params: { mailId: rows[0].id } }
    },
  },
  'mailbox.getMailServer': none,
  'mailbox.saveMailServer': { call: async world => ({ body: aMailServer, ifMatch: await mailServerSeen(world) }) },
  'mailbox.removeMailServer': none,
  'mailbox.tryMailServer': { call: () => ({ body: { to: 'wang@example.com', server: aMailServer } }) },
}

/** Nobody answers there. */
const aMailServer = {
  ...{ host: '127.0.0.1', port: 1, security: 'none', user: '' },
  ...{ senderName: '', senderAddress: 'portal@example.com', replyTo: '' },
}

async function mailServerSeen({ database }: World): Promise<string> {
  const { rows } = await database.pool.query('select revision from mail_server')
  return `"${rows[0]?.revision ?? 0}"`
}
