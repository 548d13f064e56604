import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { type CallResult, formatNumber, formatTime } from '#platform/core'
import { ActionButton, api, SelectField, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { tryAlarmRule } from '../core/index.ts'
import style from './alarms.module.css'

type Outcome = CallResult<typeof tryAlarmRule> & { days: number }

const spans = [1, 7, 14, 31] as const

/** When a rule would have raised alarms. machines: on which it may be tried. onTried: on how many readings; on some, it may be activated now */
export function Trial({
  ruleId,
  machines,
  onTried,
}: {
  ruleId: string
  machines: readonly { id: string; name: string }[]
  onTried(readings: number): void
}) {
  const t = useTexts('alarms')
  const { problem, attempt } = useProblem()
  const [deviceId, setDevice] = useState(machines[0]?.id ?? '')
  const [days, setDays] = useState('7')
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const run = async () => {
    setBusy(true)
    const found = await attempt(() => api.call(tryAlarmRule, { params: { ruleId }, body: { deviceId, days: Number(days) } }))
    setBusy(false)
    if (!found) return
    setOutcome({ ...found, days: Number(days) })
    onTried(found.readings)
  }
  return (
    <section className={style.section}>
      <h2>{t('rules.trial')}</h2>
      <p className={style.muted}>{t('rules.trialHelp')}</p>
      <ProblemNotice problem={problem} />
      <div className={style.actions}>
        {machines.length > 1 ? (
          <SelectField
            label={t('rules.trialOn')}
            value={deviceId}
            onChange={event => setDevice(event.target.value)}
            options={machines.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
        <SelectField
          label={t('rules.trialDays')}
          value={days}
          onChange={event => setDays(event.target.value)}
          options={spans.map(value => ({ value, label: t(`rules.daysCount.${value}`) }))}
        />
        <ActionButton disabled={busy || deviceId === ''} onClick={() => void run()}>
          {busy ? t('rules.running') : t('rules.run')}
        </ActionButton>
      </div>
      <div role="status">{outcome ? <Found outcome={outcome} /> : null}</div>
    </section>
  )
}

function Found({ outcome }: { outcome: Outcome }) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const { days, count, readings, raises } = outcome
  const [from, until] = [Date.parse(outcome.from), Date.parse(outcome.until)]
  const at = (moment: string) => formatTime(moment, language, zone)
  if (readings === 0) return <p>{t('rules.noReadings')}</p>
  return (
    <div className={style.section}>
      <p>
        {t('rules.result', { days, count: formatNumber(count, language), readings: formatNumber(readings, language) })}{' '}
        {count === 0 ? t('rules.never') : null}
      </p>
      <div>
        <svg
          className={style.bar}
          viewBox="0 0 1000 20"
          preserveAspectRatio="none"
          role="img"
          aria-label={t('rules.chart', { days })}
        >
          {raises.map(raise => {
            const x = ((Date.parse(raise.from) - from) / (until - from)) * 1000
            const end = (((raise.until ? Date.parse(raise.until) : until) - from) / (until - from)) * 1000
            return <rect key={raise.from} className={style.raised} x={x} y="0" width={Math.max(2, end - x)} height="20" />
          })}
        </svg>
        <p className={`${style.ends} ${style.muted}`}>
          <span>{at(outcome.from)}</span>
          <span>{at(outcome.until)}</span>
        </p>
      </div>
      {raises.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={style.scroll} tabIndex={0} aria-label={t('rules.trial')}>
          <table className={style.trials}>
            <thead>
              <tr>
                <th>{t('rules.from_')}</th>
                <th>{t('rules.until_')}</th>
              </tr>
            </thead>
            <tbody>
              {raises.map(raise => (
                <tr key={raise.from}>
                  <td>{at(raise.from)}</td>
                  <td>{raise.until ? at(raise.until) : t('rules.notOver')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {count > raises.length ? <p className={style.muted}>{t('rules.further', { count: raises.length })}</p> : null}
    </div>
  )
}
