import { ActionLink, useLanguage } from '#platform/web'
import { addressIn, type BlockValues } from '../core/index.ts'
import style from './blocks.module.css'
import type { PublicWords } from './words.ts'

interface CallToActionProps {
  values: BlockValues<'action'>
  words: PublicWords
  /** of the manufacturer; '' where he gives none */
  email: string
}

/** One thing the reader can do next. */
export function CallToAction({ values, words, email }: CallToActionProps) {
  const language = useLanguage()
  const [target, usual] = leadsTo(values, words, email)
  return (
    <div className={style.action}>
      <div>
        {values.heading[language] ? <h2>{values.heading[language]}</h2> : null}
        {values.text[language] ? <p>{values.text[language]}</p> : null}
      </div>
      <ActionLink strength="primary" to={addressIn(language, target)} reloadDocument>
        {values.label[language] || usual}
      </ActionLink>
    </div>
  )
}

function leadsTo({ to, product: [slug], address }: BlockValues<'action'>, words: PublicWords, email: string): [string, string] {
  switch (to) {
    case 'products':
      return ['/products', words.products]
    case 'configure':
      return slug ? [`/configure/${slug}`, words.configure] : ['/products', words.products]
    case 'call-back':
      return slug ? [`/configure/${slug}#call-back`, words.callBack] : ['/products', words.products]
    case 'mail':
      return email ? [`mailto:${email}`, words.mail] : ['/products', words.products]
    case 'address':
      return [address || '/products', words.more]
    default:
      return to satisfies never
  }
}
