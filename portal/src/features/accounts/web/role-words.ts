import { inLanguage, type Language } from '#platform/core'
import { type RoleName, roles } from '../core/index.ts'

/** Roles as a person reads them: '销售 · 产品'. */
export const roleWords = (held: readonly string[], language: Language): string =>
  held.map(role => inLanguage(roles[role as RoleName].name, language)).join(' · ')
