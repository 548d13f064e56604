/** An invitation can be accepted for so long after it was sent, or sent again. */
export const invitationDays = 7
/** So many of a company may be open at once: more are a mailing list. */
export const openInvitationsMost = 20

/** How somebody who opens the link of an invitation stands to it. */
export const standings = [
  'newcomer', // sets name and password
  'sign-in-first', // the address has an account: its owner signs in
  'moves', // from his company of one
  'member', // belongs to this company already
  'elsewhere', // belongs to another company, and asks there
  'other-address', // is signed in with another one
  'staff', // works for the manufacturer, who is no customer
] as const
export type Standing = (typeof standings)[number]

interface Opened {
  invitation: { email: string; companyId: string }
  /** who is signed in where the link was opened; null: nobody */
  reader: { email: string; kind: 'staff' | 'customer'; company: { id: string; sole: boolean } | null } | null
  /** whose the invited address is; null: nobody’s, or of somebody who never confirmed it */
  owner: 'staff' | 'customer' | null
}

/** A link proves that its reader reads mail at that address: whoever is signed in must be the owner of it, and nobody else moves. */
export function standingOf({ invitation, reader, owner }: Opened): Standing {
  if (!reader) return owner === 'staff' ? 'staff' : owner === 'customer' ? 'sign-in-first' : 'newcomer'
  if (reader.email !== invitation.email) return 'other-address'
  if (reader.kind === 'staff') return 'staff'
  if (reader.company?.id === invitation.companyId) return 'member'
  return reader.company === null || reader.company.sole ? 'moves' : 'elsewhere'
}
