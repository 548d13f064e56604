import { personOf } from '#features/accounts/server'
import { emailDigest, type Platform, phoneDigest, type Subject } from '#platform/server'

/** The person a request is about: by his account, and by the address and number it has. A visitor is known by his address alone. */
export async function subjectOf(
  platform: Platform,
  request: { account_id: string | null; email_digest: string },
): Promise<Subject & { kind: 'staff' | 'customer' | null }> {
  const person = request.account_id ? await personOf(platform, request.account_id) : null
  return {
    kind: person?.kind ?? null,
    accountId: request.account_id,
    emailDigest: person ? emailDigest(platform.vault, person.email) : request.email_digest,
    phoneDigest: person?.phone ? phoneDigest(platform.vault, person.phone) : null,
  }
}
