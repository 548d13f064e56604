import { ActionButton, useTexts } from '#platform/web'
import type { AskedForCode } from '../core/index.ts'
import { CodeField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import type { AskedCodeState } from './use-asked-code.ts'

interface PhoneCodeFieldProps {
  code: AskedCodeState
  onAsk(): Promise<AskedForCode>
  error?: string | undefined
}

/** The digits of a text message, with the button that has them sent, or sent again. The form gets `code` and its `token`. */
export function PhoneCodeField({ code: { asked, left, problem, ask }, onAsk, error }: PhoneCodeFieldProps) {
  const t = useTexts('accounts')
  return (
    <>
      <ProblemNotice problem={problem} />
      <div className={style.password}>
        <CodeField label={t('phone.code')} help={t('phone.codeHelp')} error={error} />
        <ActionButton strength="quiet" size="small" disabled={left > 0} onClick={() => ask(onAsk)}>
          {left > 0 ? t('phone.againIn', { seconds: left }) : t(asked ? 'phone.again' : 'phone.send')}
        </ActionButton>
      </div>
      <input type="hidden" name="token" value={asked?.token ?? ''} />
    </>
  )
}
