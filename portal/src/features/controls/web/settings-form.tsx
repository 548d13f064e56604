import { type FormEvent, useState } from 'react'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import type { ControlValue } from '#features/devices/core'
import { formatTime } from '#platform/core'
import { ActionButton, StatusBadge, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import type { Controls, ShownSetting } from '../core/index.ts'
import style from './controls.module.css'
import { outcomeOf } from './outcome.ts'
import { shownValue } from './shown-value.ts'
import { typedValue } from './typed-value.ts'
import { ValueField } from './value-field.tsx'

export interface SettingsFormProps {
  settings: readonly ShownSetting[]
  change(values: Record<string, ControlValue>, token: { confirmation?: string }): Promise<Controls>
  onChanged(controls: Controls): void
}

/** Each setting with what the machine says, and what is wanted of it. */
export function SettingsForm({ settings, change, onChanged }: SettingsFormProps) {
  const t = useTexts('controls')
  const language = useLanguage()
  const { confirmed, dialog } = useConfirmed()
  const { problem, attempt } = useProblem()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  async function submit(event: FormEvent) {
    event.preventDefault()
    const wanted = settings.filter(({ key, mine }) => mine && (typed[key] ?? '') !== '')
    const values = wanted.map(setting => [setting, typedValue(setting, typed[setting.key]!)] as const)
    const mistakes = values.filter(([, value]) => value === undefined)
    setWrong(Object.fromEntries(mistakes.map(([{ key, min, max }]) => [key, t('numberWanted', { min: min!, max: max! })])))
    setSaid(wanted.length === 0 ? t('nothing') : '')
    if (mistakes.length > 0 || wanted.length === 0) return
    setBusy(true)
    const body = Object.fromEntries(values.map(([{ key }, value]) => [key, value!]))
    const done = await attempt(() => confirmed(token => change(body, token))).finally(() => setBusy(false))
    if (!done) return
    setTyped({})
    setSaid(t('sent'))
    onChanged(done)
  }
  return (
    <section className={style.section}>
      <h2>{t('settings')}</h2>
      <p className={style.muted}>{t('settingsHelp')}</p>
      <form className={style.section} noValidate onSubmit={event => void submit(event)}>
        <ProblemNotice problem={problem} />
        <ul className={style.rows}>
          {settings.map(setting => (
            <li className={style.row} key={setting.key}>
              <Present setting={setting} />
              {setting.mine ? (
                <ValueField
                  parameter={setting}
                  label={t('wantedOf', { name: setting.name[language] })}
                  value={typed[setting.key] ?? ''}
                  error={wrong[setting.key]}
                  optional
                  onChange={value => setTyped({ ...typed, [setting.key]: value })}
                />
              ) : (
                <span className={style.muted}>{t('onlyOthers')}</span>
              )}
            </li>
          ))}
        </ul>
        {settings.some(({ mine }) => mine) ? (
          <div className={style.actions}>
            <ActionButton type="submit" strength="primary" disabled={busy}>
              {t('send')}
            </ActionButton>
            <span role="status">{said}</span>
          </div>
        ) : null}
      </form>
      {dialog}
    </section>
  )
}

function Present({ setting }: { setting: ShownSetting }) {
  const t = useTexts('controls')
  const language = useLanguage()
  const zone = useTimeZone()
  const { name, reported, wanted, confirm, mine } = setting
  const outcome =
    wanted && wanted.outcome !== 'replaced' ? outcomeOf({ ...wanted, state: wanted.outcome, kind: 'setting' }, t) : null
  const holds = wanted?.outcome === 'accepted' && wanted.value === reported?.value
  return (
    <>
      <div className={style.stack}>
        <h3>{name[language]}</h3>
        {confirm && mine ? <small className={style.muted}>{t('dangerous')}</small> : null}
      </div>
      <div className={style.stack}>
        <small className={style.muted}>{t('now')}</small>
        {reported ? (
          <>
            <span className={style.value}>{shownValue(setting, reported.value, language, t)}</span>
            <small className={style.muted}>{formatTime(new Date(reported.at), language, zone)}</small>
          </>
        ) : (
          <span>{t('unsaid')}</span>
        )}
        {wanted && outcome ? (
          <StatusBadge tone={outcome.tone}>
            {holds ? outcome.text : `${shownValue(setting, wanted.value, language, t)} · ${outcome.text}`}
          </StatusBadge>
        ) : null}
      </div>
    </>
  )
}
