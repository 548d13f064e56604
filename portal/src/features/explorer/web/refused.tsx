import type { ModelError } from '@fettle/engine'
import { ActionButton, Notice, useLanguage, useTexts } from '#platform/web'
import style from './explorer.module.css'

const mostShown = 12

/** What is wrong with a file, by place, and what to do about it. */
export function Refused({ file, errors, onOther }: { file: string; errors: readonly ModelError[]; onOther(): void }) {
  const t = useTexts('explorer')
  return (
    <Notice tone="bad" title={t('refused.title', { file })} live>
      {errors.length === 0 ? <p>{t('refused.failed')}</p> : <Places of={errors} most={mostShown} more="refused.more" />}
      <div className={style.toolbar}>
        <ActionButton onClick={onOther}>{t('refused.other')}</ActionButton>
      </div>
    </Notice>
  )
}

/** Errors or notes with their places in the file. more: text for those that are not shown */
export function Places({ of, most, more }: { of: readonly ModelError[]; most: number; more: string }) {
  const t = useTexts('explorer')
  const language = useLanguage()
  return (
    <>
      <ul className={style.places}>
        {of.slice(0, most).map(({ path, rule, message, remedy }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change
          <li key={at}>
            <span className={style.place} title={t('refused.place')}>
              {rule ?? path}
            </span>
            <span>
              {message[language]}
              <small>{remedy[language]}</small>
            </span>
          </li>
        ))}
      </ul>
      {of.length > most ? <p className={style.faint}>{t(more, { count: of.length - most })}</p> : null}
    </>
  )
}
