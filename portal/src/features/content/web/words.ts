import { type Language, translate } from '#platform/core'
import { texts } from '../core/texts.ts'

export type PublicWords = Record<keyof (typeof texts)['en']['public'], string>

/** The words of public pages, handed over by their loaders: so no other page carries them. On the server only. */
export const publicWords = (language: Language): PublicWords =>
  Object.fromEntries(
    Object.keys(texts.en.public).map(name => [name, translate(language, `content:public.${name}`)]),
  ) as PublicWords
