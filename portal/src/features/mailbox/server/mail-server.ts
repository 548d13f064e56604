import { mailLook } from '#features/manufacturer/server'
import { type Language, normalizeEmail, pathIn } from '#platform/core'
import {
  type ConfirmedAct,
  changedMeanwhile,
  conflict,
  countWaitingMails,
  hastenMails,
  invalid,
  isComplete,
  logoAttachment,
  type MailRoute,
  type MailServer,
  type MailTrial,
  mailHtml,
  mailLayout,
  mailRoute,
  type Platform,
  readMailServer,
  releaseWaitingMails,
  routeBy,
  translate,
  tryMailRoute,
  writeMailServer,
} from '#platform/server'
import type { MailServerStanding, MailServerToSave } from '../core/index.ts'

/** By which server mail leaves, without its password; with the revision an edit has to name. */
export async function showMailServer(platform: Platform): Promise<{ value: MailServerStanding; etag: string }> {
  const { config } = platform
  const { server, revision } = await readMailServer(platform)
  const waiting = await countWaitingMails(platform)
  const fixed = config.mailFrom === null ? null : { ...readSender(config.mailFrom), replyTo: server?.replyTo ?? '' }
  const own = { name: server?.senderName ?? '', address: server?.senderAddress ?? '', replyTo: server?.replyTo ?? '' }
  const shared = { sender: fixed ?? own, senderFixed: fixed !== null, waiting }
  if (config.smtpUrl)
    return { value: { by: 'environment', server: serverOfUrl(config.smtpUrl), ...shared }, etag: String(revision) }
  const shown = server && {
    host: server.host,
    port: server.port,
    security: server.security,
    user: server.user ?? '',
    passwordKept: server.password !== null,
  }
  const by = config.catchMail ? 'demo' : server && isComplete(server) ? 'console' : 'nothing'
  return { value: { by, server: shown, ...shared }, etag: String(revision) }
}

/**
 * Says by which server mail leaves, and lets the mails go that waited for it. Fails with 409 where the environment says it, with 412
 * where somebody was faster, with 422 where the kept password would go to another server than it was entered for.
 */
export async function changeMailServer(
  platform: Platform,
  { typed, revision }: { typed: MailServerToSave; revision: string },
): Promise<void> {
  if (platform.config.smtpUrl) throw fixedByEnvironment()
  await platform.database.transaction(async () => {
    const before = await readMailServer(platform, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    await put(platform, before, withPassword(typed, before.server))
  })
}

/** Keeps a server that came without its password: mails wait until that is typed, unless it is kept here already. In the ambient transaction. */
export async function keepMailServer(platform: Platform, typed: Omit<MailServerToSave, 'password'>): Promise<void> {
  const before = await readMailServer(platform, true)
  await put(platform, before, { ...withoutPassword(typed), password: keptFor(typed, before.server) })
}

/** Whether a server that comes without its password has to wait until somebody has typed it here. */
export async function lacksPassword(platform: Platform, typed: Omit<MailServerToSave, 'password'>): Promise<boolean> {
  const { server } = await readMailServer(platform)
  return typed.user !== '' && keptFor(typed, server) === null
}

async function put(
  platform: Platform,
  before: { server: MailServer | null; revision: number },
  after: MailServer,
): Promise<void> {
  await writeMailServer(platform, after, before.revision)
  await platform.audit.write({
    action: 'mail-server.changed',
    target: { kind: 'mail-server', id: 'mail-server' },
    ...(before.server ? { before: told(before.server) } : {}),
    after: told(after),
    facts: { passwordChanged: before.server?.password !== after.password },
  })
  if (platform.config.catchMail || !isComplete(after)) return
  await releaseWaitingMails(platform)
  await hastenMails(platform)
}

/** Nothing there is as good as taken away. */
export async function forgetMailServer(platform: Platform): Promise<void> {
  await platform.database.transaction(async () => {
    const { server, revision } = await readMailServer(platform, true)
    if (!server) return
    await writeMailServer(platform, null, revision)
    await platform.audit.write({
      action: 'mail-server.removed',
      target: { kind: 'mail-server', id: 'mail-server' },
      before: told(server),
    })
  })
}

/** Who may say where mail goes reads every link to a new password: that is confirmed. Another sender's name is not. */
export async function describeChange(platform: Platform, typed: MailServerToSave): Promise<ConfirmedAct | null> {
  const { server } = await readMailServer(platform)
  if (server && typed.password === undefined && isSameServer(typed, server)) return null
  return {
    target: 'mail-server',
    what: {
      'zh-CN': `由 ${typed.host}:${typed.port} 发送门户的全部邮件`,
      en: `Send all mail of the portal by ${typed.host}:${typed.port}`,
    },
  }
}

export const describeRemoval = async (): Promise<ConfirmedAct> => ({
  target: 'mail-server',
  what: { 'zh-CN': '删除邮件服务器，之后邮件不再发出', en: 'Remove the mail server: no mail leaves any more' },
})

interface Trial {
  to: string
  /** as typed and not saved yet; absent: the one there is */
  server?: MailServerToSave | undefined
}

/** Sends a test mail now. Fails with 422 where there is no server yet. */
export async function sendTestMail(platform: Platform, language: Language, { to, server: typed }: Trial): Promise<MailTrial> {
  const route = await trialRoute(platform, typed)
  const say = (key: string) => translate(language, `mailbox:trialMail.${key}`)
  const look = await mailLook(platform, language)
  const { subject, text, layout } = mailLayout(language, {
    subject: say('subject'),
    paragraphs: [say('text')],
    action: { label: say('action'), url: new URL(pathIn(language, '/console'), platform.config.publicUrl).href },
  })
  const attachments = look.logo ? [logoAttachment(look.logo)] : []
  const mail = { to: normalizeEmail(to), subject, text, html: mailHtml(layout, look), attachments }
  const trial = await tryMailRoute(route, mail, platform.config)
  await platform.audit.write({
    action: 'mail-server.tried',
    target: { kind: 'mail-server', id: 'mail-server' },
    facts: { stage: trial.stage },
  })
  return trial
}

async function trialRoute(platform: Platform, typed: MailServerToSave | undefined): Promise<MailRoute> {
  const { server } = await readMailServer(platform)
  if (typed && !platform.config.smtpUrl) return routeBy(withPassword(typed, server, '/server'), platform.config)
  const route = await mailRoute(platform)
  if (route !== null && route !== 'caught') return route
  if (server) return routeBy(server, platform.config)
  throw invalid([
    {
      field: '/server',
      message: { 'zh-CN': '还没有邮件服务器。', en: 'There is no mail server yet.' },
      remedy: { 'zh-CN': '请先填写邮件服务器。', en: 'Enter one first.' },
    },
  ])
}

/** The server with what was typed, or with the password that is kept. */
function withPassword(typed: MailServerToSave, known: MailServer | null, place = ''): MailServer {
  const { password } = typed
  const server = withoutPassword(typed)
  if (server.user === null) return { ...server, password: null }
  if (password !== undefined && password !== '') return { ...server, password }
  const kept = keptFor(typed, known)
  if (kept) return { ...server, password: kept }
  throw invalid([{ field: `${place}/password`, ...(known?.password ? notForOthers : noPassword) }])
}

const withoutPassword = ({
  host,
  port,
  security,
  user,
  senderName,
  senderAddress,
  replyTo,
}: Omit<MailServerToSave, 'password'>): Omit<MailServer, 'password'> => ({
  host,
  port,
  security,
  user: user === '' ? null : user,
  senderName,
  senderAddress: normalizeEmail(senderAddress),
  replyTo: replyTo === '' ? null : normalizeEmail(replyTo),
})

/** The password that is kept: it goes to nobody but the server it was entered for. */
const keptFor = (typed: Omit<MailServerToSave, 'password'>, known: MailServer | null): string | null =>
  known && isSameServer(typed, known) ? known.password : null

const isSameServer = (typed: Omit<MailServerToSave, 'password'>, known: MailServer): boolean =>
  typed.host === known.host && typed.port === known.port && typed.security === known.security && typed.user === (known.user ?? '')

const noPassword = {
  message: { 'zh-CN': '缺少密码。', en: 'The password is missing.' },
  remedy: {
    'zh-CN': '请填写密码或授权码；服务器无需登录时请清空用户名。',
    en: 'Give the password; where the server wants none, leave the user empty too.',
  },
}
const notForOthers = {
  message: {
    'zh-CN': '服务器、端口、加密方式或用户名已更改，已存的密码只用于原来的服务器。',
    en: 'Server, port, protection or user are others now, and the password that is kept is for the former alone.',
  },
  remedy: { 'zh-CN': '请重新填写密码或授权码。', en: 'Type the password anew.' },
}

/** For the audit log: who signs in may be somebody's own address, so it is not said. */
const told = ({ host, port, security, user, senderName, senderAddress, replyTo }: MailServer) => ({
  host,
  port,
  security,
  signsIn: user !== null,
  senderName,
  senderAddress,
  replyTo,
})

function serverOfUrl(text: string): NonNullable<MailServerStanding['server']> {
  const { protocol, hostname, port, username, password } = new URL(text)
  const tls = protocol === 'smtps:'
  return {
    host: hostname,
    port: Number(port || (tls ? 465 : 587)),
    security: tls ? 'tls' : 'offered',
    user: decodeURIComponent(username),
    passwordKept: password !== '',
  }
}

/** `Name <address>`, or an address */
function readSender(text: string): { name: string; address: string } {
  const at = text.indexOf('<')
  if (at < 0 || !text.trimEnd().endsWith('>')) return { name: '', address: text.trim() }
  const name = text.slice(0, at).trim()
  return { name: name.replace(/^"|"$/g, ''), address: text.slice(at + 1, text.lastIndexOf('>')) }
}

const fixedByEnvironment = () =>
  conflict(
    'mail-server-fixed',
    { 'zh-CN': '邮件服务器由环境变量 SMTP_URL 指定。', en: 'SMTP_URL of the environment says which mail server is used.' },
    {
      'zh-CN': '请在环境变量中修改；或移除 SMTP_URL 并重启，改在控制台中填写。',
      en: 'Change it there, or take SMTP_URL out, start again, and enter the server in the console.',
    },
  )
