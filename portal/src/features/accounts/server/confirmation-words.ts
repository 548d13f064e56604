import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'

/** What will be done and why. Both may name people, so they lie sealed under the key of who asked. */
export interface Words {
  what: LocalizedText
  reason: string
}

const context = 'confirmation.words'

/** Needs the ambient transaction. */
export async function sealWords(platform: Platform, accountId: string, words: Words): Promise<string> {
  const sealed = await platform.vault.sealFor(accountId, JSON.stringify(words), context)
  if (sealed === null) throw new Error('Somebody whose data was erased cannot confirm anything.')
  return sealed
}

/** Empty where who asked has been erased since. */
export async function openWords(platform: Platform, row: { account_id: string; words: string }): Promise<Words> {
  const text = await platform.vault.openFor(row.account_id, row.words, context)
  return text === null ? { what: { 'zh-CN': '（已删除）', en: '(erased)' }, reason: '' } : JSON.parse(text)
}
