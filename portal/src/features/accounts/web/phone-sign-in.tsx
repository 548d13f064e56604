import { useState } from 'react'
import { normalizePhone } from '#platform/core'
import { ActionButton, api, Choice, type FieldMessages, Notice, TextField, useTexts } from '#platform/web'
import { type AccountView, askForPhoneCode, type SecondStep, signInByPhone } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { PhoneCodeField } from './phone-code-field.tsx'
import { useAskedCode } from './use-asked-code.ts'
import { useEntry } from './use-entry.ts'

interface PhoneSignInProps {
  /** text messages go nowhere, and the page says where they are */
  demo: boolean
  onEntered(account: AccountView): void
  onSecondStep(step: SecondStep, remember: boolean): void
}

/** Signing in by a code on the phone: the number, then the code. */
export function PhoneSignIn({ demo, onEntered, onSecondStep }: PhoneSignInProps) {
  const t = useTexts('accounts')
  const code = useAskedCode()
  const [phone, setPhone] = useState('')
  const number = useEntry(
    (typed): FieldMessages => (normalizePhone(typed.text('phone')) ? {} : { phone: t('problem.phoneWrong') }),
    async typed => {
      setPhone(typed.text('phone'))
      await code.ask(() => api.call(askForPhoneCode, { body: { phone: typed.text('phone') } }))
    },
  )
  const entry = useEntry(
    (typed): FieldMessages => (/^\d{6}$/.test(typed.text('code').replace(/\s/g, '')) ? {} : { code: t('proof.phone.missing') }),
    async typed => {
      const remember = typed.all('remember').length > 0
      const { account, secondStep } = await api.call(signInByPhone, {
        body: { token: typed.text('token'), code: typed.text('code'), remember },
      })
      if (account) onEntered(account)
      if (secondStep) onSecondStep(secondStep, remember)
    },
  )
  const { asked } = code
  if (!asked)
    return (
      <form className={style.form} method="post" noValidate onSubmit={number.onSubmit} key="number">
        <ProblemNotice problem={code.problem} />
        <TextField
          label={t('phone.number')}
          name="phone"
          type="tel"
          autoComplete="tel"
          required
          maxLength={30}
          help={`${t('phone.numberHelp')} ${t('phone.onlyConfirmed')}`}
          error={number.errors.phone ?? code.errors.phone}
          defaultValue={phone}
        />
        <ActionButton type="submit" strength="primary" block disabled={number.busy || code.left > 0}>
          {code.left > 0 ? t('phone.againIn', { seconds: code.left }) : t('phone.send')}
        </ActionButton>
      </form>
    )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} key="code">
      <Notice tone="info" live>
        <p>{t('phone.maybeSent', { phone: normalizePhone(phone) ?? phone, minutes: asked.minutes })}</p>
        {demo ? <p>{t('phone.demo')}</p> : null}
      </Notice>
      <ProblemNotice problem={entry.problem} />
      <PhoneCodeField code={code} onAsk={() => api.call(askForPhoneCode, { body: { phone } })} error={entry.errors.code} />
      <Choice type="checkbox" name="remember" defaultChecked label={t('field.remember')} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('signIn.submit')}
      </ActionButton>
      <ActionButton strength="quiet" size="small" onClick={code.forget}>
        {t('phone.otherNumber')}
      </ActionButton>
    </form>
  )
}
