import { formatTime, type Language } from '#platform/core'
import { StatusBadge, type Translate, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Controls, PastControl } from '../core/index.ts'
import style from './controls.module.css'
import { outcomeOf } from './outcome.ts'
import { shownValue } from './shown-value.ts'

/** What was wanted of the machine and what came of it, newest first. */
export function PastControls({ controls }: { controls: Controls }) {
  const t = useTexts('controls')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <section className={style.section} aria-labelledby="past-controls">
      <h2 id="past-controls">{t('history')}</h2>
      {controls.history.length === 0 ? (
        <p className={style.muted}>{t('historyEmpty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by the keyboard
        <section className={style.history} aria-label={t('history')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('when')}</th>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {controls.history.map(past => {
                const { tone, text } = outcomeOf(past, t)
                return (
                  <tr key={past.id}>
                    <td className={style.moment}>{formatTime(new Date(past.at), language, zone)}</td>
                    <th scope="row">{wordsOf(past, controls, language, t)}</th>
                    <td>{past.by ?? t(`as.${past.as}`)}</td>
                    <td>
                      <StatusBadge tone={tone}>{text}</StatusBadge>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}

function wordsOf(
  { kind, key, value, parameters }: PastControl,
  { settings, commands }: Controls,
  language: Language,
  t: Translate,
): string {
  if (kind === 'setting') {
    const setting = settings.find(one => one.key === key)
    return `${setting?.name[language] ?? key}: ${shownValue(setting, value!, language, t)}`
  }
  const command = commands.find(one => one.key === key)
  const given = Object.entries(parameters).map(([name, one]) => {
    const parameter = command?.parameters.find(known => known.key === name)
    return `${parameter?.name[language] ?? name}: ${shownValue(parameter, one, language, t)}`
  })
  return [command?.name[language] ?? key, ...given].join(' · ')
}
