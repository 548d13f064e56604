export { LocaleLink } from './locale-link.tsx'
export { useLanguage } from './use-language.ts'
export { type Translate, useTexts } from './use-texts.ts'
export { useTimeZone } from './use-time-zone.ts'
