/** How the connection to a mail server is protected: TLS from the first byte, TLS by STARTTLS or no mail, or not at all. */
export const mailSecurities = ['tls', 'starttls', 'none'] as const
export type MailSecurity = (typeof mailSecurities)[number]

/** Ports on which mail servers take mail; 994 is what NetEase (网易) uses for TLS. */
export const mailPorts: readonly number[] = [25, 465, 587, 994, 2525]

/** How far a test mail came: taken, or what it failed at. */
export const mailTrialStages = [
  'taken',
  'lookup',
  'private',
  'connect',
  'late',
  'no-mail-server',
  'tls',
  'no-starttls',
  'certificate',
  'sign-in',
  'no-sign-in',
  'sender',
  'recipient',
  'content',
  'other',
] as const
export type MailTrialStage = (typeof mailTrialStages)[number]
