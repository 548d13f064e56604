import { useState } from 'react'
import { ProblemNotice, type Typed, useEntry } from '#features/accounts/web'
import { replacementReasons } from '#features/devices/core'
import { ActionButton, type FieldMessages, SelectField, TextAreaField, TextField, useLanguage, useTexts } from '#platform/web'
import type { DeviceMaintenance, DoneFields, DueTask } from '../core/index.ts'
import style from './maintenance.module.css'

interface DoneFormProps {
  task: DueTask
  components: DeviceMaintenance['components']
  /** YYYY-MM-DD */
  today: string
  send(done: DoneFields): Promise<void>
  onClose(): void
}

/** Writes down that a task was done. */
export function DoneForm({ task, components, today, send, onClose }: DoneFormProps) {
  const t = useTexts('advisory')
  const platform = useTexts('platform')
  const language = useLanguage()
  const [component, setComponent] = useState('')
  const entry = useEntry(
    (typed): FieldMessages => ({
      ...(typed.text('on') ? {} : { on: t('missingDay') }),
      ...(Number.isFinite(numberIn(typed) ?? 0) ? {} : { counter: t('notANumber') }),
    }),
    typed =>
      send({
        ...{ task: task.key, on: typed.text('on'), counter: numberIn(typed) },
        ...{ performedBy: typed.text('performedBy'), note: typed.text('note') },
        replaced:
          component === '' ? null : { component, why: replacementReasons.find(why => why === typed.text('why')) ?? 'other' },
      }),
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <div className={style.pair}>
        <TextField label={t('on')} name="on" type="date" required max={today} defaultValue={today} error={entry.errors.on} />
        {task.counter ? (
          <TextField
            label={t('counter', { unit: task.counter.metric.unit })}
            name="counter"
            inputMode="decimal"
            optional
            help={t('counterHelp')}
            error={entry.errors.counter}
          />
        ) : null}
        <TextField
          label={t('performedBy')}
          name="performedBy"
          optional
          maxLength={80}
          help={t('performedByHelp')}
          error={entry.errors.performedBy}
        />
      </div>
      {components.length > 0 ? (
        <div className={style.pair}>
          <SelectField
            label={t('replaced')}
            value={component}
            onChange={event => setComponent(event.target.value)}
            help={t('replacedHelp')}
            options={[
              { value: '', label: t('replacedNone') },
              ...components.map(({ key, name }) => ({ value: key, label: name[language] })),
            ]}
          />
          {component === '' ? null : (
            <SelectField
              label={t('replacedWhy')}
              name="why"
              options={replacementReasons.map(value => ({ value, label: t(`replacedReasons.${value}`) }))}
            />
          )}
        </div>
      ) : null}
      <TextAreaField label={t('note')} name="note" optional rows={3} maxLength={2000} error={entry.errors.note} />
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('save')}
        </ActionButton>
        <ActionButton strength="quiet" onClick={onClose}>
          {platform('form.cancel')}
        </ActionButton>
      </div>
    </form>
  )
}

const numberIn = (typed: Typed): number | null => (typed.text('counter') ? Number(typed.text('counter')) : null)
