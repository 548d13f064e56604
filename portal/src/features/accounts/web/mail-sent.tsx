import { useState } from 'react'
import { ActionButton, useProblem, useTexts } from '#platform/web'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'

interface MailSentProps {
  email: string
  kind: 'verify' | 'reset'
  sendAgain(): Promise<unknown>
  onOtherAddress(): void
}

/** After a form that sends a mail: what to do now, and what where nothing comes. */
export function MailSent({ email, kind, sendAgain, onOtherAddress }: MailSentProps) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const [again, setAgain] = useState(false)
  return (
    <FormPage title={t('mailSent.title')} lead={t(`mailSent.${kind}`, { email })}>
      <p role="status">{again ? t('mailSent.sentAgain') : t('mailSent.nothing')}</p>
      <ProblemNotice problem={problem} />
      <div className={style.actions}>
        <ActionButton
          onClick={() =>
            attempt(async () => {
              await sendAgain()
              setAgain(true)
            })
          }
        >
          {t('mailSent.again')}
        </ActionButton>
        <ActionButton strength="quiet" onClick={onOtherAddress}>
          {t('mailSent.otherAddress')}
        </ActionButton>
      </div>
    </FormPage>
  )
}
