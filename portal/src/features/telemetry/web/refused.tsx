import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import type { DeviceMetrics } from '../core/index.ts'
import style from './readings.module.css'

/** What the machine sent or asked for and was refused, each with what helps. Nothing where nothing was. */
export function Refused({ refused, at }: { refused: DeviceMetrics['refused']; at(moment: string): string }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  if (refused.length === 0) return null
  return (
    <section className={style.refused} aria-labelledby="refused">
      <h2 id="refused">{t('refused')}</h2>
      <p className={style.muted}>{t('refusedHelp')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('reason')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('lastAt')}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map(({ reason, count, lastAt }) => (
            <tr key={reason}>
              <th scope="row">
                {t(`reasons.${reason}`)}
                <p className={style.muted}>{t(`remedies.${reason}`)}</p>
              </th>
              <td>{formatNumber(count, language)}</td>
              <td>{at(lastAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
