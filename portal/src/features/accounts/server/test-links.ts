import type { TestPortal } from '../../../../test/test-portal.ts'

type Mail = Awaited<ReturnType<TestPortal['mails']>>[number]

/** The last mail to an address. */
export async function lastMail({ mails }: Pick<TestPortal, 'mails'>, to: string): Promise<Mail> {
  const mail = (await mails()).findLast(mail => mail.to === to)
  if (!mail) throw new Error(`No mail to ${to}`)
  return mail
}

/** The token of the link in a mail. */
export function tokenIn({ text }: Mail): string {
  const token = /[?&]token=([\w-]+)/.exec(text)?.[1]
  if (!token) throw new Error(`No token in: ${text}`)
  return token
}
