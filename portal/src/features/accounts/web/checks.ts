import { inLanguage, type Language, normalizeEmail, normalizePhone } from '#platform/core'
import type { FieldMessages, Translate } from '#platform/web'
import { passwordProblem } from '../core/index.ts'
import type { Typed } from './use-entry.ts'

type Check = (typed: Typed, t: Translate, language: Language) => string | undefined

/** What a field must be, checked before anything is sent; the server checks the same again. */
const checks = {
  name: (typed, t) => (typed.text('name') ? undefined : t('problem.nameMissing')),
  email: (typed, t) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.text('email')) ? undefined : t('problem.emailMissing')),
  password: (typed, t) => (typed.password ? undefined : t('problem.passwordMissing')),
  newPassword(typed, t, language) {
    if (!typed.password) return t('problem.passwordMissing')
    const problem = passwordProblem(typed.password, normalizeEmail(typed.text('email')))
    return problem ? `${inLanguage(problem.message, language)} ${inLanguage(problem.remedy, language)}` : undefined
  },
  phone: (typed, t) => (typed.text('phone') === '' || normalizePhone(typed.text('phone')) ? undefined : t('problem.phoneWrong')),
  roles: (typed, t) => (typed.all('roles').length > 0 ? undefined : t('problem.rolesMissing')),
} satisfies Record<string, Check>

/** Messages of the named checks, by field. */
export function checkFields(names: (keyof typeof checks)[], typed: Typed, t: Translate, language: Language): FieldMessages {
  const messages: FieldMessages = {}
  for (const name of names) {
    const message = checks[name](typed, t, language)
    if (message) messages[name === 'newPassword' ? 'password' : name] = message
  }
  return messages
}
