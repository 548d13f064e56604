import { decisionText } from '#features/configurator/core'
import { useLanguage, useTexts } from '#platform/web'
import type { Act } from '../core/index.ts'
import style from './explorer.module.css'
import type { OpenModel } from './explorer-client.ts'

/** What the visitor decided, in order, each to be taken back. */
export function OwnDecisions({ model: { outline, standing }, onAct }: { model: OpenModel; onAct(act: Act): void }) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const { decisions } = standing
  return (
    <section className={style.part}>
      <h3>{t('own.title', { count: decisions.length })}</h3>
      {decisions.length === 0 ? <p className={style.faint}>{t('own.none')}</p> : null}
      <ul className={style.own}>
        {decisions.map(decision => {
          const name = decisionText(outline, decision, language)
          return (
            <li key={'option' in decision ? decision.option : decision.number}>
              <span>{name}</span>
              <button type="button" aria-label={t('own.release', { name })} onClick={() => onAct({ act: 'retract', decision })}>
                ×
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
