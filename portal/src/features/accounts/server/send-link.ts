import type { Platform } from '#platform/server'
import { mailReset, mailVerification } from './mails.ts'
import { issueToken } from './one-time-token.ts'
import { findByEmail } from './people.ts'
import { beginTry } from './throttle.ts'

interface Request {
  purpose: 'verify-email' | 'reset-password'
  email: string
  address: string
}

/** Asks for a mail with a link. What follows happens in a job, so that the answer takes as long for an unknown address. */
export async function requestLink(platform: Platform, { purpose, email, address }: Request): Promise<void> {
  await beginTry(platform, { action: 'mail', subject: email, address }) // each counts, for each sends a mail
  await platform.jobs.enqueue('accounts.send-link', { purpose, email })
}

/** Sends the link where there is an account that can use it. */
export async function sendLink(platform: Platform, { purpose, email }: Omit<Request, 'address'>): Promise<void> {
  await platform.database.transaction(async () => {
    const person = await findByEmail(platform, email)
    if (!person || person.deactivated_at) return
    if (purpose === 'verify-email' && (person.email_verified || person.kind === 'staff')) return
    const token = await issueToken(platform, purpose, person.id)
    const letter = { to: person.email, name: person.name, language: person.language, token }
    await (purpose === 'verify-email' ? mailVerification(platform, letter) : mailReset(platform, letter))
  })
}
