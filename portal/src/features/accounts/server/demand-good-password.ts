import { invalid, type Platform, readMailServer } from '#platform/server'
import { passwordProblem, weighPassword } from '../core/index.ts'
import { isBreached } from './breached-passwords.ts'

/** Whose password it is to be: what of him is guessed early. */
interface Owner {
  email: string
  name?: string | undefined
  companyName?: string | null | undefined
}

/**
 * Refuses a new password with the reason and the remedy under its field: too short or too long, common, made of the owner's or the
 * house's own words, or found in a leak. Call it outside of transactions: the last may ask another server.
 */
export async function demandGoodPassword(platform: Platform, password: string, owner: Owner): Promise<void> {
  const refuse = (problem: NonNullable<ReturnType<typeof passwordProblem>>) => invalid([{ field: '/password', ...problem }])
  const problem = passwordProblem(password, owner.email)
  if (problem) throw refuse(problem)
  const sender = platform.config.mailFrom ?? (await readMailServer(platform)).server?.senderAddress
  const house = ['fettle', new URL(platform.config.publicUrl).hostname, sender]
  const words = [owner.email, owner.name, owner.companyName, ...house].filter(word => typeof word === 'string')
  const { problem: common } = await weighPassword(password, words)
  if (common) throw refuse(common)
  if (await isBreached(platform, password)) throw refuse(leaked)
}

const leaked = {
  message: {
    'zh-CN': '此密码出现在已公开泄露的密码库中，攻击者会首先尝试。',
    en: 'This password stands in a published list of leaked ones, which are tried first.',
  },
  remedy: {
    'zh-CN': '请另选一个密码；在其他网站使用它的也请更换。',
    en: 'Choose another one, and change it wherever else you use it.',
  },
}
