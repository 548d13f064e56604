import { formatTime } from '#platform/core'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import type { PageDetail } from '../../core/index.ts'
import style from './editor.module.css'

/** The versions of a page; each can come back into the draft. */
export function PageHistory({ page, onRestore }: { page: PageDetail; onRestore(versionId: string, number: number): void }) {
  const t = useTexts('content')
  const language = useLanguage()
  return (
    <section>
      <h2>{t('console.history.title')}</h2>
      {page.versions.length === 0 ? <p className={style.help}>{t('console.history.none')}</p> : null}
      <ol className={style.versions}>
        {page.versions.map(({ id, number, madeAt, madeBy, standing }) => (
          <li key={id}>
            <span>
              <strong>{t('console.history.version', { number })}</strong>
              {standing === 'past' ? null : ` · ${t(`console.history.${standing}`)}`}
            </span>
            <span className={style.help}>
              <time dateTime={madeAt}>{formatTime(madeAt, language, page.timeZone)}</time>
              {madeBy ? ` · ${madeBy}` : null}
            </span>
            <ActionButton
              size="small"
              strength="quiet"
              aria-label={t('console.history.restoreOf', { number })}
              onClick={() => onRestore(id, number)}
            >
              {t('console.history.restore')}
            </ActionButton>
          </li>
        ))}
      </ol>
    </section>
  )
}
