import { texts as accounts } from '../features/accounts/core/texts.ts'
import { texts as audit } from '../features/audit/core/texts.ts'
import { texts as configurator } from '../features/configurator/core/texts.ts'
import { texts as mailbox } from '../features/mailbox/core/texts.ts'
import { texts as manufacturer } from '../features/manufacturer/core/texts.ts'
import { texts as operations } from '../features/operations/core/texts.ts'
import { texts as privacy } from '../features/privacy/core/texts.ts'
import { texts as products } from '../features/products/core/texts.ts'
import { texts as robots } from '../features/robots/core/texts.ts'
import { texts as sales } from '../features/sales/core/texts.ts'
import type { Language } from '../platform/core/language.ts'
import { texts as platform } from '../platform/core/texts.ts'
import type { LanguageTexts, TextTree } from '../platform/core/translate.ts'

/** Every text of the portal by namespace, by hand. Only data is imported here: the web build evaluates this file alone. */
const namespaces = {
  platform,
  accounts,
  audit,
  configurator,
  mailbox,
  manufacturer,
  operations,
  privacy,
  products,
  robots,
  sales,
}

/** Without what only mails say (`mail.…`): no page shows that, and it is a sixth of all texts. */
export function textsForBrowser(language: Language): LanguageTexts {
  const withoutMails = ({ mail, ...texts }: TextTree) => (typeof mail === 'string' ? { ...texts, mail } : texts)
  return Object.fromEntries(Object.entries(textsIn(language)).map(([name, texts]) => [name, withoutMails(texts)]))
}

export function textsIn(language: Language): LanguageTexts {
  return Object.fromEntries(Object.entries(namespaces).map(([name, texts]) => [name, texts[language]]))
}
