import type { Language } from '#platform/core'
import latin from '../../../../generated/fonts/latin.woff2?url'
import text from '../../../../generated/fonts/text.woff2?url'

/** Font files every page of the language needs at once: preloaded in the head. */
export const preloadedFaces = (language: Language): readonly string[] => (language === 'en' ? [latin] : [latin, text])
