import { readSource } from '@fettle/tracker'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { ConfigurationDraft } from '#features/configurator/core'
import { ActionButton, api, BottomSheet, Notice, TextAreaField, TextField, useLanguage, useLocalePath, useProblem, useTexts } from '#platform/web'
import { contactConsent, submitInquiry } from '../core/index.ts'
import style from './inquiry-dialog.module.css'
import { forgetInquiryDraft, type InquiryDraft, readInquiryDraft, keepInquiryDraft } from './inquiry-draft.ts'

interface InquiryDialogProps {
  open: boolean
  onClose(): void
  productName: string
  /** what is asked for, as it stands when it is sent */
  configuration(): ConfigurationDraft
}

/** Asks who to answer and sends the inquiry. What was typed stays in this browser until it is sent. */
export function InquiryDialog({ open, onClose, productName, configuration }: InquiryDialogProps) {
  const t = useTexts('sales')
  return (
    <BottomSheet open={open} title={t('inquiry.title', { product: productName })} onClose={onClose}>
      {open ? <InquiryForm configuration={configuration} /> : null}
    </BottomSheet>
  )
}

function InquiryForm({ configuration }: Pick<InquiryDialogProps, 'configuration'>) {
  const t = useTexts('sales')
  const language = useLanguage()
  const localePath = useLocalePath()
  const navigate = useNavigate()
  const problem = useProblem()
  const [draft, setDraft] = useState(readInquiryDraft)
  const [accepted, setAccepted] = useState(false)
  const [missing, setMissing] = useState<'contact' | 'consent' | null>(null)
  const [sending, setSending] = useState(false)
  // The same key for every try, so that a lost answer never makes two inquiries.
  const key = useRef(crypto.randomUUID())

  const change = (part: Partial<InquiryDraft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    keepInquiryDraft(next)
    setMissing(null)
  }
  const field = (name: keyof InquiryDraft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })

  const send = async () => {
    if (draft.email.trim() === '' && draft.phone.trim() === '') return setMissing('contact')
    if (!accepted) return setMissing('consent')
    setSending(true)
    problem.clear()
    const { name, company, email, phone, message, unlisted } = draft
    try {
      const { path } = await api.call(submitInquiry, {
        body: {
          configuration: configuration(),
          contact: { name, company, email: email.trim(), phone },
          message,
          unlisted,
          consent: { version: contactConsent.version, accepted: true },
          source: readSource(location.href, document.referrer),
        },
        idempotencyKey: key.current,
      })
      forgetInquiryDraft()
      await navigate(localePath(path))
    } catch (error) {
      problem.show(error)
      key.current = problem.mayRetry(error) ? key.current : crypto.randomUUID()
    } finally {
      setSending(false)
    }
  }

  return (
    <form
      className={style.form}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void send()
      }}
    >
      <p className={style.hint}>{t('inquiry.hint')}</p>
      {problem.message ? (
        <Notice tone="bad" live title={problem.message}>
          {problem.remedy}
        </Notice>
      ) : null}
      <div className={style.pair}>
        <TextField
          label={t('inquiry.email')}
          type="email"
          autoComplete="email"
          inputMode="email"
          {...field('email')}
          error={missing === 'contact' ? t('inquiry.eitherContact') : problem.fields['/contact/email']}
        />
        <TextField
          label={t('inquiry.phone')}
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          {...field('phone')}
          error={problem.fields['/contact/phone']}
        />
        <TextField label={t('inquiry.name')} optional autoComplete="name" {...field('name')} error={problem.fields['/contact/name']} />
        <TextField label={t('inquiry.company')} optional autoComplete="organization" {...field('company')} error={problem.fields['/contact/company']} />
      </div>
      <TextAreaField label={t('inquiry.message')} optional rows={3} {...field('message')} error={problem.fields['/message']} />
      <TextAreaField
        label={t('inquiry.unlisted')}
        help={t('inquiry.unlistedHelp')}
        optional
        rows={2}
        {...field('unlisted')}
        error={problem.fields['/unlisted']}
      />
      <label className={style.consent}>
        <input
          type="checkbox"
          checked={accepted}
          aria-invalid={missing === 'consent'}
          onChange={event => {
            setAccepted(event.target.checked)
            setMissing(null)
          }}
        />
        <span>
          {contactConsent.text[language]}
          {missing === 'consent' ? (
            <span className={style.missing} role="alert">
              {t('inquiry.consentNeeded')}
            </span>
          ) : null}
        </span>
      </label>
      <ActionButton type="submit" strength="primary" disabled={sending} block>
        {sending ? t('inquiry.sending') : t('inquiry.send')}
      </ActionButton>
    </form>
  )
}
