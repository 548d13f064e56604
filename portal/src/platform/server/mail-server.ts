import { type ColumnType, sql } from 'kysely'
import type { MailSecurity } from '../core/index.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Platform } from './platform.ts'
import { openFields, sealFields } from './sealed-fields.ts'
import type { Sealed } from './vault.ts'

/** A mail server as it is entered in the console. */
export interface MailServer {
  host: string
  port: number
  security: MailSecurity
  /** null: without signing in */
  user: string | null
  password: string | null
  senderName: string
  senderAddress: string
  replyTo: string | null
}

/** By which server mail leaves, and from whom. */
export interface MailRoute {
  server: { url: string } | MailServer
  /** `Name <address>` */
  sender: string
  replyTo: string | null
}

/** Who sends where nobody has said it: the demo. */
export const presetSender = 'Fettle <portal@localhost>'

/** Of migrations/0045-mail-server.sql. */
export interface MailServerTables {
  mail_server: {
    only_one: ColumnType<boolean, never, never>
    host: string
    port: number
    security: MailSecurity
    login: Sealed | null
    password: Sealed | null
    sender_name: string
    sender_address: string
    reply_to: string | null
    revision: number
    updated_at: Date
  }
}

/** The server entered in the console, with the revision that an edit has to name; null and 0 where there is none. lock: to be written, in the ambient transaction. */
export async function readMailServer(
  { database, vault }: Pick<Platform, 'database' | 'vault'>,
  lock = false,
): Promise<{ server: MailServer | null; revision: number }> {
  if (lock) await lockMailServer(database)
  const row = await database.db<MailServerTables>().selectFrom('mail_server').selectAll().executeTakeFirst()
  if (!row) return { server: null, revision: 0 }
  const { login, password } = await openFields(vault, 'mail_server', row, ['login', 'password'])
  const { host, port, security, sender_name: senderName, sender_address: senderAddress, reply_to: replyTo, revision } = row
  return { server: { host, port, security, user: login, password, senderName, senderAddress, replyTo }, revision }
}

/** Puts the server in place of the one there is; null takes it away. In the ambient transaction, after `readMailServer` with its lock. */
export async function writeMailServer(
  { database, vault, now }: Pick<Platform, 'database' | 'vault' | 'now'>,
  server: MailServer | null,
  revision: number,
): Promise<void> {
  const db = database.db<MailServerTables>()
  if (!server) {
    await db.deleteFrom('mail_server').execute()
    return
  }
  const { host, port, security, user, password, senderName, senderAddress, replyTo } = server
  const values = {
    ...(await sealFields(vault, 'mail_server', { login: user, password })),
    ...{ host, port, security, sender_name: senderName, sender_address: senderAddress, reply_to: replyTo },
    revision: revision + 1,
    updated_at: now(),
  }
  await db
    .insertInto('mail_server')
    .values(values)
    .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
    .execute()
}

/** Whoever finds that there is no server, and lets a mail wait for one or enters one, must not miss that one has just been entered: there is no row to lock yet. */
export const lockMailServer = (database: Database) =>
  sql`select pg_advisory_xact_lock(hashtext('fettle-mail-server'))`.execute(database.db())

type Settings = Pick<Config, 'catchMail' | 'smtpUrl' | 'mailFrom'>

/**
 * Where mail goes: by the server of the environment, else by that of the console. caught: the demo keeps it to itself. null: there
 * is no server yet, and it waits. Read anew for every mail, so that what was entered holds at once in every process.
 */
export async function mailRoute(
  platform: Pick<Platform, 'database' | 'vault'> & { config: Settings },
): Promise<MailRoute | 'caught' | null> {
  const { smtpUrl, catchMail, mailFrom } = platform.config
  if (smtpUrl) return { server: { url: smtpUrl }, sender: mailFrom ?? presetSender, replyTo: null }
  if (catchMail) return 'caught'
  const { server } = await readMailServer(platform)
  return server && isComplete(server) ? routeBy(server, platform.config) : null
}

/** A server that came from another installation lacks its password until somebody has typed it. */
export const isComplete = ({ user, password }: MailServer): boolean => user === null || password !== null

export const routeBy = (server: MailServer, { mailFrom }: Pick<Config, 'mailFrom'>): MailRoute => ({
  server,
  sender: mailFrom ?? senderOf(server),
  replyTo: server.replyTo,
})

// what would end the quoted name cannot be in it
const senderOf = ({ senderName, senderAddress }: MailServer): string =>
  senderName ? `"${senderName.replace(/["\\\r\n<>]/g, ' ')}" <${senderAddress}>` : senderAddress
