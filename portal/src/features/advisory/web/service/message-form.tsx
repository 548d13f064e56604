import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, type FieldMessages, TextAreaField, useTexts } from '#platform/web'
import style from '../maintenance.module.css'

/** Writes to the other side. */
export function MessageForm({ send }: { send(text: string): Promise<void> }) {
  const t = useTexts('advisory')
  const [written, setWritten] = useState(0)
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('text') ? {} : { text: t('service.missing') }),
    async typed => {
      await send(typed.text('text'))
      setWritten(written + 1)
    },
  )
  return (
    <form className={style.section} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <TextAreaField key={written} label={t('service.message')} name="text" rows={3} maxLength={4000} error={entry.errors.text} />
      <div className={style.actions}>
        <ActionButton type="submit" disabled={entry.busy}>
          {t('service.writeMessage')}
        </ActionButton>
      </div>
    </form>
  )
}
