import { useLanguage, useTexts } from '#platform/web'
import type { Part } from '../../core/index.ts'
import style from '../maintenance.module.css'

/** Spare parts with number, name and how many. */
export function PartList({ parts }: { parts: readonly Part[] }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  if (parts.length === 0) return null
  return (
    <ul className={style.parts} aria-label={t('parts')}>
      {parts.map(({ number, name, quantity }) => (
        <li key={number}>{t('part', { number, name: name[language], quantity })}</li>
      ))}
    </ul>
  )
}
