import type { LocalizedText } from '#platform/core'

export const passwordLength = { min: 10, max: 128 } as const

/** What is wrong with a new password and how to mend it; null where it is good. Length counts characters as the library does. */
export function passwordProblem(password: string, email: string): { message: LocalizedText; remedy: LocalizedText } | null {
  const { min, max } = passwordLength
  if (password.length < min)
    return {
      message: {
        'zh-CN': `密码至少需要 ${min} 个字符，现有 ${password.length} 个。`,
        en: `The password needs at least ${min} characters; it has ${password.length}.`,
      },
      remedy: { 'zh-CN': '可以用几个词组成一句容易记住的话。', en: 'A few words you remember easily make a good one.' },
    }
  if (password.length > max)
    return {
      message: { 'zh-CN': `密码最多 ${max} 个字符。`, en: `The password may have at most ${max} characters.` },
      remedy: { 'zh-CN': '请缩短密码。', en: 'Choose a shorter one.' },
    }
  if (new Set(password).size < 4)
    return {
      message: { 'zh-CN': '密码中不同的字符太少。', en: 'The password repeats the same few characters.' },
      remedy: { 'zh-CN': '请使用至少 4 个不同的字符。', en: 'Use at least 4 different characters.' },
    }
  if (email && password.toLowerCase() === email.toLowerCase())
    return {
      message: { 'zh-CN': '密码不能与邮箱相同。', en: 'The password must not be your e-mail address.' },
      remedy: { 'zh-CN': '请另选一个密码。', en: 'Choose another one.' },
    }
  return null
}
