import { useMemo } from 'react'
import { type TextValues, translate } from '#platform/core'
import { useLanguage } from './use-language.ts'

export type Translate = (key: string, values?: TextValues) => string

/** Texts of one namespace in the page's language: `const t = useTexts('sales')`, then `t('lead.title', { name })`. */
export function useTexts(namespace: string): Translate {
  const language = useLanguage()
  return useMemo(() => (key, values) => translate(language, `${namespace}:${key}`, values), [namespace, language])
}
