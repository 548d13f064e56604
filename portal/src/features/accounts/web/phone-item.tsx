import { useState } from 'react'
import { formatDate, normalizePhone } from '#platform/core'
import { ActionButton, api, BottomSheet, type FieldMessages, TextField, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type AskedForCode, beginPhone, confirmPhone, removePhone, type SecurityView } from '../core/index.ts'
import { CodeField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { ProofForm } from './proof-form.tsx'
import { SecurityItem } from './security-item.tsx'
import { useEntry } from './use-entry.ts'

interface PhoneItemProps {
  phone: NonNullable<SecurityView['phone']>
  methods: SecurityView['methods']
  onChanged(message: string): void
}

type Step = { kind: 'add' | 'change' | 'remove' } | { kind: 'code'; asked: AskedForCode; phone: string }

/** The number that signs in: confirm one by a code, change it, remove it. */
export function PhoneItem({ phone: { number, since }, methods, onChanged }: PhoneItemProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const [step, setStep] = useState<Step | null>(null)
  const finish = (message: string) => {
    setStep(null)
    onChanged(message)
  }
  return (
    <SecurityItem
      title={t('phone.title')}
      state={since ? t('phone.since', { number: number ?? '', date: formatDate(since, language, zone) }) : t('phone.none')}
      detail={t('phone.risk')}
      actions={
        since ? (
          <>
            <ActionButton size="small" onClick={() => setStep({ kind: 'change' })}>
              {t('phone.change')}
            </ActionButton>
            <ActionButton size="small" strength="quiet" onClick={() => setStep({ kind: 'remove' })}>
              {t('phone.remove')}
            </ActionButton>
          </>
        ) : (
          <ActionButton size="small" onClick={() => setStep({ kind: 'add' })}>
            {t('phone.add')}
          </ActionButton>
        )
      }
    >
      <BottomSheet open={step !== null} title={step ? t(titles[step.kind]) : ''} onClose={() => setStep(null)}>
        {step?.kind === 'add' || step?.kind === 'change' ? (
          <ProofForm
            methods={methods}
            action={t('security.onward')}
            check={(typed): FieldMessages => (normalizePhone(typed.text('phone')) ? {} : { phone: t('problem.phoneWrong') })}
            onProof={async (proof, typed) => {
              const phone = typed.text('phone')
              setStep({ kind: 'code', phone, asked: await api.call(beginPhone, { body: { phone, proof } }) })
            }}
          >
            {errors => (
              <TextField
                label={t('phone.number')}
                name="phone"
                type="tel"
                autoComplete="tel"
                required
                maxLength={30}
                help={t('phone.numberHelp')}
                error={errors.phone}
                defaultValue={step.kind === 'add' ? (number ?? '') : ''}
              />
            )}
          </ProofForm>
        ) : null}
        {step?.kind === 'code' ? <CodeForm {...step} onDone={() => finish(t('phone.confirmed'))} /> : null}
        {step?.kind === 'remove' ? (
          <ProofForm
            methods={methods}
            action={t('phone.remove')}
            onProof={async proof => {
              await api.call(removePhone, { body: { proof } })
              finish(t('phone.removed'))
            }}
          >
            <p>{t('phone.removeLead')}</p>
          </ProofForm>
        ) : null}
      </BottomSheet>
    </SecurityItem>
  )
}

const titles = {
  add: 'phone.add',
  change: 'phone.changeTitle',
  code: 'phone.codeTitle',
  remove: 'phone.removeTitle',
} as const satisfies Record<Step['kind'], string>

function CodeForm({ asked: { token, minutes }, phone, onDone }: { asked: AskedForCode; phone: string; onDone(): void }) {
  const t = useTexts('accounts')
  const entry = useEntry(
    (typed): FieldMessages => (/^\d{6}$/.test(typed.text('code').replace(/\s/g, '')) ? {} : { code: t('proof.phone.missing') }),
    async typed => {
      await api.call(confirmPhone, { body: { token, phone, code: typed.text('code') } })
      onDone()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <p>{t('phone.codeLead', { phone: normalizePhone(phone) ?? phone, minutes })}</p>
      <ProblemNotice problem={entry.problem} />
      <CodeField label={t('phone.code')} help={t('phone.codeHelp')} error={entry.errors.code} />
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('phone.confirm')}
        </ActionButton>
      </div>
    </form>
  )
}
