import { pathIn } from '#platform/core'
import { ActionLink, PageHeader, StatusBadge, useLanguage, useTexts } from '#platform/web'
import style from './first-steps.module.css'

export interface FirstStep {
  id: 'profile' | 'legal' | 'privacy' | 'mail' | 'brand' | 'prices' | 'product' | 'staff' | 'customers' | 'robots'
  /** where it is done, below the language */
  path: string
  done: boolean
  /** the portal can do without */
  optional?: boolean
}

/** What an empty portal needs before it can sell, in order; the first open step stands out. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const t = useTexts('platform')
  const language = useLanguage()
  const next = steps.find(({ done, optional }) => !done && !optional)
  return (
    <>
      <PageHeader title={t('first.title')}>{t('first.lead')}</PageHeader>
      <ol className={style.steps}>
        {steps.map(({ id, path, done, optional }) => (
          <li key={id}>
            <div className={style.words}>
              <h2>{t(`first.${id}.title`)}</h2>
              <p>{t(`first.${id}.help`)}</p>
            </div>
            <StatusBadge tone={done ? 'good' : 'neutral'}>
              {t(done ? 'first.done' : optional ? 'first.optional' : 'first.open')}
            </StatusBadge>
            <ActionLink to={pathIn(language, path)} strength={id === next?.id ? 'primary' : 'secondary'}>
              {t(`first.${id}.go`)}
            </ActionLink>
          </li>
        ))}
      </ol>
    </>
  )
}
