import { useEffect, useState } from 'react'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { formatDay, formatNumber } from '#platform/core'
import { ActionButton, SelectField, SkeletonLines, TextField, useLanguage, useTexts } from '#platform/web'
import { type DeviceComponent, type Replacement, type ReplacementFields, replacementReasons } from '../core/index.ts'
import style from './machines.module.css'

interface Props {
  /** as far as the reader may know */
  read(): Promise<{ items: Replacement[] }>
  /** absent: he may not write any down */
  send?(fields: ReplacementFields): Promise<{ items: Replacement[] }>
  components: readonly Pick<DeviceComponent, 'key' | 'name'>[]
}

/** What was replaced at a machine, and for staff a form to write it down. */
export function Replacements({ read, send, components }: Props) {
  const t = useTexts('devices')
  const language = useLanguage()
  const [items, setItems] = useState<Replacement[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)
  const [writes, setWrites] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads the same again
  useEffect(() => {
    let current = true
    setFailed(false)
    read().then(
      seen => current && setItems(seen.items),
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [read, tries])
  return (
    <section className={style.section}>
      <h2>{t('replacement.title')}</h2>
      {failed ? (
        <div role="alert">
          {t('replacement.failed')}{' '}
          <ActionButton size="small" onClick={() => setTries(tries + 1)}>
            {t('replacement.again')}
          </ActionButton>
        </div>
      ) : items === null ? (
        <SkeletonLines label={t('replacement.loading')} />
      ) : null}
      {items?.length === 0 ? <p className={style.muted}>{t('replacement.none')}</p> : null}
      {items && items.length > 0 ? (
        <ul className={style.documents} aria-label={t('replacement.title')}>
          {items.map(({ id, component, on, why, runHours }) => (
            <li key={id}>
              {component.name[language]}
              <span className={style.muted}>
                {[
                  formatDay(on, language),
                  t(`replacement.reasons.${why}`),
                  runHours !== null && t('replacement.runHoursShort', { hours: formatNumber(runHours, language) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {send && components.length > 0 ? (
        writes ? (
          <ReplacementForm
            components={components}
            onClose={() => setWrites(false)}
            send={async fields => {
              setItems((await send(fields)).items)
              setWrites(false)
            }}
          />
        ) : (
          <p>
            <ActionButton size="small" onClick={() => setWrites(true)}>
              {t('replacement.add')}
            </ActionButton>
          </p>
        )
      ) : null}
    </section>
  )
}

interface FormProps extends Pick<Props, 'components'> {
  send(fields: ReplacementFields): Promise<void>
  onClose(): void
}

function ReplacementForm({ components, send, onClose }: FormProps) {
  const t = useTexts('devices')
  const platform = useTexts('platform')
  const language = useLanguage()
  const entry = useEntry(
    (typed): Record<string, string> => ({
      ...(typed.text('on') ? {} : { on: t('replacement.missing') }),
      ...(Number.isFinite(hoursIn(typed) ?? 0) ? {} : { runHours: t('replacement.notANumber') }),
    }),
    typed =>
      send({
        ...{ component: typed.text('component'), on: typed.text('on'), runHours: hoursIn(typed) },
        why: replacementReasons.find(why => why === typed.text('why')) ?? 'other',
      }),
  )
  return (
    <form className={style.section} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <SelectField
        label={t('replacement.component')}
        name="component"
        error={entry.errors.component}
        options={components.map(({ key, name }) => ({ value: key, label: name[language] }))}
      />
      <TextField label={t('replacement.on')} name="on" type="date" required error={entry.errors.on} />
      <SelectField
        label={t('replacement.why')}
        name="why"
        options={replacementReasons.map(value => ({ value, label: t(`replacement.reasons.${value}`) }))}
      />
      <TextField
        label={t('replacement.runHours')}
        name="runHours"
        inputMode="decimal"
        optional
        help={t('replacement.help')}
        error={entry.errors.runHours}
      />
      <p>
        <ActionButton type="submit" size="small" strength="primary" disabled={entry.busy}>
          {t('replacement.save')}
        </ActionButton>{' '}
        <ActionButton size="small" strength="quiet" onClick={onClose}>
          {platform('form.cancel')}
        </ActionButton>
      </p>
    </form>
  )
}

const hoursIn = (typed: Typed): number | null => (typed.text('runHours') ? Number(typed.text('runHours')) : null)
