import { type Language, pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'

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

/** To the owner of an address somebody tried to sign up with again. */
export const mailAlreadyKnown = (platform: Platform, letter: Letter): Promise<void> =>
  send(platform, letter, 'alreadyKnown', '/sign-in')

export const mailPasswordChanged = (platform: Platform, letter: Letter): Promise<void> =>
  send(platform, letter, 'passwordChanged', '/forgot')

type Kind = 'verification' | 'reset' | 'invitation' | 'alreadyKnown' | 'passwordChanged'

/** Every mail of accounts is one greeting, one sentence, one button and what to do where it was not you. */
async function send(platform: Platform, { to, name, language }: Letter, kind: Kind, path: string): Promise<void> {
  const say = (key: string) => translate(language, `accounts:mail.${kind}.${key}`, { name })
  await platform.mail.send({
    to,
    ...mailLayout(language, {
      subject: say('subject'),
      greeting: translate(language, 'accounts:mail.greeting', { name }),
      paragraphs: [say('text')],
      // from the configuration, never from the request: a forged Host header must not reach a mail
      action: { label: say('action'), url: new URL(pathIn(language, path), platform.config.publicUrl).href },
      closing: say('closing'),
    }),
  })
}
