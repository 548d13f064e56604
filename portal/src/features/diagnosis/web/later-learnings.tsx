import { formatDate, formatNumber, type Language } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { LaterLearningView } from '../core/index.ts'
import style from './health.module.css'

/** what is shown without being asked for */
const shown = 5

/** What came after the machine had learned, and until when it is learned: it is not judged yet. */
export function LaterLearnings({ later }: { later: readonly LaterLearningView[] }) {
  const t = useTexts('diagnosis')
  const more = later.slice(shown)
  return (
    <section>
      <h2>{t('later')}</h2>
      <p className={style.muted}>{t('laterHelp')}</p>
      <ul className={style.later}>
        {later.slice(0, shown).map(one => (
          <Later {...one} key={keyOf(one)} />
        ))}
      </ul>
      {more.length > 0 ? (
        <details>
          <summary>{t('laterMore', { count: more.length })}</summary>
          <ul className={style.later}>
            {more.map(one => (
              <Later {...one} key={keyOf(one)} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function Later({ metric, use, days, of, until, waits }: LaterLearningView) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const parts = use.map(part => `${part.name[language]} ${rangeOf(part, language)}`).join(language === 'en' ? ', ' : '，')
  const what = metric
    ? t('laterMetric', { name: metric[language] })
    : parts
      ? t('laterUse', { use: parts })
      : t('laterUseUnknown')
  return (
    <li>
      <span>{what}</span>
      <progress value={days} max={of} aria-label={what} />
      <small className={style.muted} suppressHydrationWarning>
        {waits
          ? t('laterWaits')
          : until
            ? t('laterDays', { days, of, at: formatDate(until, language, timeZone) })
            : t('laterFew')}
      </small>
    </li>
  )
}

function rangeOf({ from, until, unit }: LaterLearningView['use'][number], language: Language): string {
  const [begin, end] = [from, until].map(value => (value === null ? '' : formatNumber(Number(value!.toPrecision(3)), language)))
  if (from === until) return `${begin} ${unit}`.trim()
  return `${end ? `${begin}–${end}` : `≥ ${begin}`} ${unit}`.trim()
}

const keyOf = ({ metric, use }: LaterLearningView): string =>
  metric?.en ?? use.map(({ name, from }) => `${name.en} ${from}`).join()
