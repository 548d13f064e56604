import type { AttackModeName, LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'

/** What is confirmed, by where the switch goes. */
export const switches: Readonly<Record<AttackModeName, LocalizedText>> = {
  on: { 'zh-CN': '开启严格模式', en: 'Turn the stricter mode on' },
  off: { 'zh-CN': '关闭严格模式，受到攻击时也不自动开启', en: 'Turn the stricter mode off, even under attack' },
  auto: { 'zh-CN': '由系统自动开启和关闭严格模式', en: 'Let the portal turn the stricter mode on and off by itself' },
}

export async function readAttackMode({ attackMode }: Platform) {
  const { mode, strict } = await attackMode.standing()
  return { mode, strict }
}

/** Sets the switch for every process, with a trace in the audit log. by: id of an account */
export async function switchAttackMode(platform: Platform, mode: AttackModeName, by: string, reason: string) {
  await platform.attackMode.switchTo(mode, by, reason)
  return readAttackMode(platform)
}
