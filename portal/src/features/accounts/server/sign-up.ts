import type { Language } from '#platform/core'
import type { Platform } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { demandGoodPassword } from './demand-good-password.ts'
import { mailAlreadyKnown, mailVerification } from './mails.ts'
import { issueToken, revokeTokens } from './one-time-token.ts'
import { hashPassword } from './password-hash.ts'
import { findByEmail, lockEmail, writeCustomer } from './people.ts'
import type { AccountTables } from './tables.ts'
import { beginTry } from './throttle.ts'

interface SignUp {
  name: string
  email: string
  password: string
  companyName?: string | undefined
  language: Language
  address: string
}

/**
 * Signs a customer up: person, company, event and mail in one transaction. Whether the address is known already
 * shows only in the mail its owner gets.
 */
export async function signUp(platform: Platform, entry: SignUp): Promise<void> {
  await beginTry(platform, { action: 'sign-up', subject: entry.email, address: entry.address }) // each counts, for each sends a mail
  await demandGoodPassword(platform, entry.password, entry)
  await platform.database.transaction(async () => {
    await lockEmail(platform, entry.email)
    const known = await findByEmail(platform, entry.email)
    if (!known) return register(platform, entry)
    if (known.kind === 'customer' && !known.email_verified) return startAgain(platform, known.id, entry)
    await hashPassword(entry.password) // as long as for a new address
    await mailAlreadyKnown(platform, { to: known.email, name: known.name, language: known.language })
  })
}

async function register(platform: Platform, entry: SignUp): Promise<void> {
  const { accountId, companyId } = await writeCustomer(platform, { ...entry, companyName: entry.companyName })
  await platform.record('customer.signed-up', { accountId, companyId })
  await platform.audit.write({ action: 'account.signed-up', target: { kind: 'account', id: accountId }, facts: { companyId } })
  const token = await issueToken(platform, 'verify-email', accountId)
  await mailVerification(platform, { to: entry.email, name: entry.name, language: entry.language, token })
}

/** Nobody has proved that the address is his: the last sign-up counts, and links of earlier ones stop working. */
async function startAgain(platform: Platform, accountId: string, entry: SignUp): Promise<void> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const { name, language, companyName } = entry
  await revokeTokens(platform, accountId)
  await internalAdapter.updateUser(accountId, { name, language })
  await internalAdapter.updatePassword(accountId, await hashPassword(entry.password))
  await platform.database
    .db<AccountTables>()
    .updateTable('company')
    .from('company_member')
    .whereRef('company_member.company_id', '=', 'company.id')
    .where('company_member.person_id', '=', accountId)
    .set({ name: companyName || name, sole: !companyName })
    .execute()
  const token = await issueToken(platform, 'verify-email', accountId)
  await mailVerification(platform, { to: entry.email, name, language, token })
}
