import { Notice, useLanguage, useTexts } from '#platform/web'
import type { DraftView } from '../../core/index.ts'
import style from './console-product-page.module.css'

/** What the checks found in a draft, errors first, each with its place and what to do. */
export function Findings({ draft }: { draft: DraftView }) {
  const t = useTexts('products')
  const errors = draft.findings.filter(({ severity }) => severity === 'error')
  const warnings = draft.findings.filter(({ severity }) => severity === 'warning')
  return (
    <div className={style.checks}>
      <h3>{t('console.checks.title')}</h3>
      {draft.findings.length === 0 ? <Notice tone="good">{t('console.checks.passed')}</Notice> : null}
      {errors.length > 0 ? (
        <Notice tone="bad" title={t('console.checks.errors', { count: errors.length })}>
          <PlaceList places={errors} />
        </Notice>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="warn" title={t('console.checks.warnings', { count: warnings.length })}>
          <PlaceList places={warnings} />
        </Notice>
      ) : null}
      {draft.notes.length > 0 ? (
        <details className={style.more}>
          <summary>{t('console.checks.notes', { count: draft.notes.length })}</summary>
          <PlaceList places={draft.notes.slice(0, 100)} />
        </details>
      ) : null}
    </div>
  )
}

/** So many stand there at once, the others on demand. */
const atOnce = 6

/** Places in a model with what is to be said of each, a few at first. */
export function PlaceList({ places }: { places: DraftView['notes'] }) {
  return (
    <>
      <ul className={style.places}>
        {places.slice(0, atOnce).map(place => (
          <Place key={`${place.code} ${place.path} ${place.message.en}`} place={place} />
        ))}
      </ul>
      {places.length > atOnce ? (
        <details className={style.more}>
          <summary>+ {places.length - atOnce}</summary>
          <ul className={style.places}>
            {places.slice(atOnce).map(place => (
              <Place key={`${place.code} ${place.path} ${place.message.en}`} place={place} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function Place({ place: { path, message, remedy } }: { place: DraftView['notes'][number] }) {
  const language = useLanguage()
  return (
    <li>
      {message[language]} {remedy[language]} <code className={style.path}>{path}</code>
    </li>
  )
}
