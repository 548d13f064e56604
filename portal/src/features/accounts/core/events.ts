declare module '#platform/core' {
  interface EventTypes {
    'customer.signed-up': { accountId: string; companyId: string }
    'customer.verified': { accountId: string; companyId: string | null }
    'staff.invited': { accountId: string; invitedBy: string | null; roles: string[] }
    'staff.roles-changed': { accountId: string; changedBy: string; roles: string[] }
    'staff.invitation-withdrawn': { accountId: string; by: string }
    'company.renamed': { companyId: string; by: string }
    'colleague.invited': { invitationId: string; companyId: string; by: string }
    /** from: the company of one he brings with him, which is gone; null: a newcomer */
    'colleague.joined': { accountId: string; companyId: string; from: string | null; invitedBy: string }
    /** to: the company of one he goes on as */
    'colleague.removed': { accountId: string; companyId: string; to: string; by: string }
    'company.role-changed': { accountId: string; companyId: string; role: string; by: string }
    'account.deactivated': { accountId: string; by: string }
    'password.changed': { accountId: string }
    'second-factor.enabled': { accountId: string }
    'second-factor.disabled': { accountId: string }
    'passkey.added': { accountId: string; passkeyId: string }
    'passkey.removed': { accountId: string; passkeyId: string }
    'phone.confirmed': { accountId: string }
    /** taken: somebody else has confirmed the number */
    'phone.removed': { accountId: string; why: 'removed' | 'taken' }
    'provider.linked': { accountId: string; provider: string }
    'provider.unlinked': { accountId: string; provider: string }
    'second-factor.reset': { accountId: string; resetBy: string }
    'recovery-codes.renewed': { accountId: string }
    'api-key.made': { accountId: string; keyId: string }
    'api-key.revoked': { accountId: string; keyId: string; by: string }
    'recovery-code.used': { accountId: string; left: number }
  }
}

export {}
