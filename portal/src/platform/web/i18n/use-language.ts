import { useLocation } from 'react-router'
import { type Language, languageOfPath } from '#platform/core'

/** The page's language, which its address says. */
export const useLanguage = (): Language => languageOfPath(useLocation().pathname)
