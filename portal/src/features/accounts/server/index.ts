import { z } from 'zod'
import type { ServerFeature } from '#platform/server'
import { permissionTable } from '../core/index.ts'
import { warnOfExpiringKeys } from './api-key-expiry.ts'
import { clearOldConfirmations } from './confirmations.ts'
import { clearOldDevices } from './known-devices.ts'
import { linkContact } from './link-contact.ts'
import { clearOldTokens } from './one-time-token.ts'
import { personal } from './personal.ts'
import { clearOldCodes } from './phone-codes.ts'
import { accountProblems } from './problems.ts'
import { mountProviders } from './provider-routes.ts'
import { accountRoutes } from './routes.ts'
import { sendLink } from './send-link.ts'
import { sendCodeToOwner } from './sign-in-by-phone.ts'
import { clearOldAttempts } from './throttle.ts'

const link = z.object({ purpose: z.enum(['verify-email', 'reset-password']), email: z.string() })
const phoneCode = z.object({ phone: z.string(), code: z.string(), until: z.coerce.date() })

/** Who people are: staff with roles, customers with companies, sessions. */
export const accounts: ServerFeature = {
  name: 'accounts',
  routes: accountRoutes,
  mount: mountProviders,
  permissions: Object.fromEntries(Object.entries(permissionTable).map(([permission, { roles }]) => [permission, roles])),
  problems: accountProblems,
  personal,
  jobs: {
    'accounts.send-link': { handle: (data, { platform }) => sendLink(platform, link.parse(data)) },
    'accounts.send-phone-code': { handle: (data, { platform }) => sendCodeToOwner(platform, phoneCode.parse(data)) },
    'accounts.clear-old-codes': { handle: (_, { platform }) => clearOldCodes(platform) },
    'accounts.clear-old-attempts': { handle: (_, { platform }) => clearOldAttempts(platform) },
    'accounts.clear-old-confirmations': { handle: (_, { platform }) => clearOldConfirmations(platform) },
    'accounts.clear-old-tokens': { handle: (_, { platform }) => clearOldTokens(platform) },
    'accounts.warn-of-expiring-keys': { handle: (_, { platform }) => warnOfExpiringKeys(platform) },
    'accounts.clear-old-devices': { handle: (_, { platform }) => clearOldDevices(platform) },
  },
  schedules: {
    'accounts.clear-old-attempts': '20 3 * * *',
    'accounts.clear-old-codes': '25 3 * * *',
    'accounts.clear-old-devices': '40 3 * * *',
    'accounts.clear-old-confirmations': '50 3 * * *',
    'accounts.clear-old-tokens': '55 3 * * *',
    'accounts.warn-of-expiring-keys': '10 1 * * *',
  },
  on: { 'colleague.joined': [linkContact] },
  topics: { approvals: { staff: 'approval.read' } },
}

export { type Addressee, addressees } from './addressees.ts'
export { companyName, companyOf, findCompanyByContact, type KnownContact } from './companies.ts'
export { companiesNamed, companyNames, type Member, membersOfCompany, peopleOfCompany } from './company-names.ts'
export { spendConfirmation } from './confirmations.ts'
export { demoAccounts, foundDemoAccounts, removeDemoAccounts, seedDemoAccounts } from './demo-accounts.ts'
export { makeEmbedToken } from './embed-token.ts'
export {
  type CompanyContact,
  type CompanyRecord,
  type CompanyTraits,
  companyContacts,
  companyRecords,
  companyTraits,
} from './known-companies.ts'
export { personOf } from './people.ts'
export { methodsOf, prove } from './prove.ts'
export { resolveAccount } from './resolve-account.ts'
export { signedIn } from './security-routes.ts'
export { firstAdminPath } from './set-up.ts'
export { findStaff, listStaff, personNames, personSides } from './staff.ts'
export { companiesInUse, companiesOfImport, removeImportedCompanies } from './take-back-companies.ts'
export {
  fillCompanies,
  fillContacts,
  type NewCompany,
  type NewContact,
  writeCompanies,
  writeContacts,
} from './write-companies.ts'
