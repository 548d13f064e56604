import type { EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import { type CredentialLetter, mailCredentialChange } from './mails.ts'

/** Events that tell of a way of signing in, with the mail its owner gets. */
const letters = {
  'password.changed': 'passwordChanged',
  'second-factor.enabled': 'secondFactorOn',
  'second-factor.disabled': 'secondFactorOff',
  'passkey.added': 'passkeyAdded',
  'passkey.removed': 'passkeyRemoved',
  'phone.confirmed': 'phoneConfirmed',
  'phone.removed': 'phoneRemoved',
  'provider.linked': 'providerLinked',
  'provider.unlinked': 'providerUnlinked',
  'second-factor.reset': 'secondFactorReset',
  'recovery-codes.renewed': 'recoveryCodesRenewed',
  'recovery-code.used': 'recoveryCodeUsed',
} as const satisfies Partial<Record<keyof EventTypes, CredentialLetter>>

/**
 * What follows every change of a way of signing in: the event, the entry in the audit log, the mail to the owner.
 * Needs the ambient transaction. letter: another mail than the event's own; null: none
 */
export async function credentialChanged<Name extends keyof typeof letters>(
  platform: Platform,
  name: Name,
  data: EventTypes[Name],
  letter: CredentialLetter | null = letters[name],
): Promise<void> {
  const { accountId, ...facts } = data
  await platform.record(name, data)
  await platform.audit.write({ action: name, target: { kind: 'account', id: accountId }, facts })
  if (letter) await mailCredentialChange(platform, accountId, letter, facts as Record<string, string | number>)
}
