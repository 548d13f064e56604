import { mailSecurities } from '#platform/core'
import type { FieldMessages, Translate } from '#platform/web'
import type { MailServerToSave } from '../core/index.ts'

/** A field of the form as it was typed. */
type Read = (name: string) => string

/** The server as it was typed; a password that was not typed stays the one that is kept. */
export function typedServer(read: Read): MailServerToSave {
  const text = (name: string) => read(name).trim()
  return {
    host: text('host'),
    port: Number(text('port')),
    security: mailSecurities.find(one => one === text('security')) ?? 'tls',
    user: text('user'),
    ...(read('password') === '' ? {} : { password: read('password') }),
    senderName: text('senderName'),
    senderAddress: text('senderAddress'),
    replyTo: text('replyTo'),
  }
}

export function checkServer(read: Read, t: Translate): FieldMessages {
  const { host, port, user, password, senderAddress } = typedServer(read)
  return {
    ...(host ? {} : { host: t('server.hostMissing') }),
    ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? {} : { port: t('server.portWrong') }),
    ...(user === '' || password !== undefined || read('kept') !== '' ? {} : { password: t('server.passwordMissing') }),
    ...(senderAddress ? {} : { senderAddress: t('server.senderAddressMissing') }),
  }
}
