/** Outgoing mail. Queued as a job in the ambient transaction; the job sends by SMTP under a stable Message-ID. */
export interface Mailer {
  send(message: MailMessage): Promise<void>
}

export interface MailMessage {
  to: string
  subject: string
  /** plain text; the HTML part is made from `html` where given */
  text: string
  html?: string
  attachments?: { filename: string; contentType: string; content: Uint8Array }[]
  replyTo?: string
}
