import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { type Figures, rate } from '../core/index.ts'
import style from './funnel.module.css'
import { Meaning } from './meaning.tsx'

/** Each step with its number, a bar as long as it is, its rate of the step before, and what it was before. */
export function Funnel({ figures }: { figures: Figures }) {
  const t = useTexts('figures')
  const { steps, product } = figures
  const longest = Math.max(1, ...steps.map(({ now }) => now ?? 0))
  const shown = product ? steps.filter(({ step }) => step !== 'visits') : steps
  return (
    <section className={style.section}>
      <h2>{t('funnel.title')}</h2>
      <p className={style.hint}>{t('funnel.help')}</p>
      <ol className={style.steps}>
        {shown.map((one, i) => (
          <Row one={one} of={i === 0 ? null : shown[i - 1]!.now} longest={longest} key={one.step} />
        ))}
      </ol>
      <div className={style.meanings}>
        <Meaning name={t('funnel.rate')}>{t('means.rate')}</Meaning>
        <Meaning name={t('funnel.earlier')}>{t('means.compare')}</Meaning>
        <Meaning name={t('funnel.before')}>{t('means.before')}</Meaning>
      </div>
    </section>
  )
}

function Row({ one, of, longest }: { one: Figures['steps'][number]; of: number | null; longest: number }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const { step, now, earlier, before } = one
  const whole = (count: number) => formatNumber(count, language)
  const became = rate(now, of)
  return (
    <li className={style.step}>
      <div className={style.name}>
        <Meaning name={t(`step.${step}`)}>{t(`means.${step}`)}</Meaning>
      </div>
      <svg className={style.bar} viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={now ? Math.max(3, (1000 * now) / longest) : 0} height="10" />
      </svg>
      <strong className={style.count}>{whole(now ?? 0)}</strong>
      <div className={style.beside}>
        <span className={style.rate}>
          {became === null ? null : (
            <>
              {percent(became)} <small>{t('funnel.ofStep')}</small>
            </>
          )}
        </span>
        <span className={style.compared}>
          {earlier === null ? null : (
            <>
              <small>{t('funnel.earlier')}</small> {whole(earlier)} <small>{change(now ?? 0, earlier)}</small>
            </>
          )}
        </span>
        <span className={style.compared}>
          {before === null ? null : (
            <>
              <small>{t('funnel.before')}</small> {whole(before < 10 ? Math.round(before * 10) / 10 : Math.round(before))}
            </>
          )}
        </span>
      </div>
    </li>
  )
}

/** '12.5%', of small ones one digit more. */
export const percent = (share: number): string => `${share < 0.1 ? Math.round(share * 1000) / 10 : Math.round(share * 100)}%`

/** '+12%'; empty where there is nothing to compare with, or no change. */
export function change(now: number, earlier: number): string {
  const by = earlier === 0 ? 0 : Math.round((now / earlier - 1) * 100)
  return by === 0 ? '' : `${by > 0 ? '+' : '−'}${Math.abs(by)}%`
}
