import type { LocalizedText } from '@fettle/engine'

export type { LocalizedText }

/** Languages of the interface; the first is the default. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
export const defaultLanguage: Language = 'zh-CN'
/** IANA; times are shown in it until a reader's own zone is known */
export const defaultTimeZone = 'Asia/Shanghai'

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

/** Best language for an Accept-Language header; the default where nothing fits. */
export function negotiateLanguage(header: string | null | undefined): Language {
  const wishes = (header ?? '')
    .split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const q = parameters.map(p => p.trim()).find(p => p.startsWith('q='))
      return { tag: tag.toLowerCase(), weight: q ? Number(q.slice(2)) || 0 : 1 }
    })
    .filter(wish => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { tag } of wishes) {
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return defaultLanguage
}

/** A text that is given in one language only stands for both. */
export const inBothLanguages = (said: LocalizedText): LocalizedText => ({
  'zh-CN': said['zh-CN'] || said.en,
  en: said.en || said['zh-CN'],
})

export const inLanguage = (text: LocalizedText, language: Language): string => text[language]

/** Of a field that wants a time zone. */
export const notATimeZone = {
  message: { 'zh-CN': '没有这个时区。', en: 'There is no such time zone.' },
  remedy: { 'zh-CN': '请填写 IANA 时区名，如 Asia/Shanghai。', en: 'Give an IANA name such as Europe/Berlin.' },
}

/** Whether it is a time zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}
