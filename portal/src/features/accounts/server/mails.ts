import { defaultTimeZone, formatTime, type Language, pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import type { AccountView, CompanyRole } from '../core/index.ts'
import { viewAccount } from './people.ts'

interface Letter {
  to: string
  name: string
  language: Language
}

export const mailVerification = (platform: Platform, letter: Letter & { token: string }): Promise<void> =>
  send(platform, letter, 'verification', `/verify?token=${letter.token}`)

export const mailReset = (platform: Platform, letter: Letter & { token: string }): Promise<void> =>
  send(platform, letter, 'reset', `/reset?token=${letter.token}`)

export const mailInvitation = (platform: Platform, letter: Letter & { token: string }): Promise<void> =>
  send(platform, letter, 'invitation', `/reset?token=${letter.token}&welcome=1`)

/** name: empty where who invites did not say it */
export const mailCompanyInvitation = (
  platform: Platform,
  { who, company, token, ...letter }: Letter & { token: string; who: string; company: string },
): Promise<void> => send(platform, letter, 'companyInvitation', `/join?token=${token}`, { who, company })

/** To who invited him. path: where he sees the company */
export const mailColleagueJoined = (
  platform: Platform,
  { who, company, path, ...letter }: Letter & { who: string; company: string; path: string },
): Promise<void> => send(platform, letter, 'colleagueJoined', path, { who, company })

/** To somebody whose role in his company was given or taken. */
export const mailCompanyRole = (
  platform: Platform,
  person: AccountView,
  role: CompanyRole,
  values: { who: string; company: string },
): Promise<void> => {
  const kind = role === 'company-admin' ? 'madeCompanyAdmin' : 'madeCompanyMember'
  return send(platform, { ...person, to: person.email }, kind, '/account/company', values)
}

export const mailRemoved = (platform: Platform, person: AccountView, values: { who: string; company: string }): Promise<void> =>
  send(platform, { ...person, to: person.email }, 'removedFromCompany', '/account', values)

/** To the owner of an address somebody tried to sign up with again. */
export const mailAlreadyKnown = (platform: Platform, letter: Letter): Promise<void> =>
  send(platform, letter, 'alreadyKnown', '/sign-in')

/** What happened to a way of signing in, told to its owner. */
export type CredentialLetter =
  | 'passwordChanged'
  | 'secondFactorOn'
  | 'secondFactorOff'
  | 'providerLinked'
  | 'providerUnlinked'
  | 'secondFactorReset'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'phoneConfirmed'
  | 'phoneRemoved'
  | 'phoneTaken'
  | 'recoveryCodesRenewed'
  | 'recoveryCodeUsed'
  | 'recoveryCodesFew'

/** Tells the owner that a way of signing in changed. Needs the ambient transaction. */
export async function mailCredentialChange(
  platform: Platform,
  accountId: string,
  kind: CredentialLetter,
  values: Record<string, string | number> = {},
): Promise<void> {
  const { email, name, language } = await viewAccount(platform, accountId)
  await send(platform, { to: email, name, language }, kind, kind === 'passwordChanged' ? '/forgot' : '/account', values)
}

/** What happened to an API key, told to its owner; by whom it is revoked matters, his own hand needs no mail. */
type KeyLetter = 'apiKeyMade' | 'apiKeyRevoked' | 'apiKeyExpires'

/** Tells the owner of a key what became of it. at: when it expires. Needs the ambient transaction. */
export async function mailApiKey(
  platform: Platform,
  accountId: string,
  kind: KeyLetter,
  { key, prefix, at }: { key: string; prefix: string; at?: Date },
): Promise<void> {
  const { email, name, language } = await viewAccount(platform, accountId)
  const date = at ? formatTime(at.toISOString(), platform.languages.writtenIn(language), defaultTimeZone) : ''
  await send(platform, { to: email, name, language }, kind, '/account', { key, prefix, date })
}

/** To everybody who could be the second person. */
export const mailApprovalAsked = (platform: Platform, letter: Letter & { who: string; what: string }): Promise<void> =>
  send(platform, letter, 'approvalAsked', '/console/approvals', { who: letter.who, what: letter.what })

/** To who asked, with what the second person said. */
export const mailApprovalDecided = (
  platform: Platform,
  letter: Letter & { who: string; what: string },
  decision: 'approved' | 'declined',
): Promise<void> =>
  send(platform, letter, decision === 'approved' ? 'approvalApproved' : 'approvalDeclined', '/console/approvals', {
    who: letter.who,
    what: letter.what,
  })

type Kind =
  | CredentialLetter
  | KeyLetter
  | 'approvalAsked'
  | 'approvalApproved'
  | 'approvalDeclined'
  | 'verification'
  | 'reset'
  | 'invitation'
  | 'alreadyKnown'
  | 'companyInvitation'
  | 'colleagueJoined'
  | 'madeCompanyAdmin'
  | 'madeCompanyMember'
  | 'removedFromCompany'

/** Every mail of accounts is one greeting, one sentence, one button and what to do where it was not you. */
async function send(
  platform: Platform,
  { to, name, language: known }: Letter,
  kind: Kind,
  path: string,
  values: Record<string, string | number> = {},
): Promise<void> {
  const language = platform.languages.writtenIn(known)
  const say = (key: string) => translate(language, `accounts:mail.${kind}.${key}`, { name, ...values })
  await platform.mail.send({
    to,
    ...mailLayout(language, {
      subject: say('subject'),
      greeting: translate(language, name ? 'accounts:mail.greeting' : 'accounts:mail.greetingNameless', { name }),
      paragraphs: [say('text')],
      // from the configuration, never from the request: a forged Host header must not reach a mail
      action: { label: say('action'), url: new URL(pathIn(language, path), platform.config.publicUrl).href },
      closing: say('closing'),
    }),
  })
}
