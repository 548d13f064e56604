import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, Choice, ChoiceGroup, type FieldMessages, TextField, useTexts } from '#platform/web'
import { momentOf, wallTime } from '../../core/index.ts'
import style from './editor.module.css'

interface PublishFormProps {
  /** IANA: of the manufacturer */
  timeZone: string
  /** when it is to be shown no more as things stand; null: it stays */
  until: string | null
  /** ISO 8601, UTC; null: now, or for good */
  publish(from: string | null, until: string | null): Promise<void>
}

/** Now, or from a time on; for good, or until a time. */
export function PublishForm({ timeZone, until, publish }: PublishFormProps) {
  const t = useTexts('content')
  const [later, setLater] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages => (later && typed.text('from') === '' ? { from: t('console.publish.timeMissing') } : {}),
    async typed => {
      const moment = (name: string) => momentOf(typed.text(name), timeZone)?.toISOString() ?? null
      await publish(later ? moment('from') : null, moment('until'))
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <ChoiceGroup title={t('console.publish.from')}>
        {([false, true] as const).map(one => (
          <Choice
            key={String(one)}
            type="radio"
            name="when"
            checked={later === one}
            onChange={() => setLater(one)}
            label={t(one ? 'console.publish.later' : 'console.publish.now')}
          />
        ))}
      </ChoiceGroup>
      {later ? (
        <TextField label={t('console.publish.from')} name="from" type="datetime-local" required error={entry.errors.from} />
      ) : null}
      <TextField
        label={t('console.publish.until')}
        help={t('console.publish.untilHelp')}
        name="until"
        type="datetime-local"
        defaultValue={until ? wallTime(new Date(until), timeZone) : undefined}
        optional
        error={entry.errors.until}
      />
      <p className={style.help}>{t('console.publish.zone', { zone: timeZone })}</p>
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('console.publish.go')}
      </ActionButton>
    </form>
  )
}
