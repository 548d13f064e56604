import { readSource } from '@fettle/tracker'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { ConfigurationDraft } from '#features/configurator/core'
import { pathIn } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  LocaleLink,
  Notice,
  newIdempotencyKey,
  SelectField,
  TextAreaField,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
  visitStart,
} from '#platform/web'
import { callBackTimes, contactConsent, submitInquiry } from '../core/index.ts'
import { AttachmentsField } from './attachments-field.tsx'
import style from './inquiry-dialog.module.css'
import { forgetInquiryDraft, type InquiryDraft, keepInquiryDraft, readInquiryDraft } from './inquiry-draft.ts'
import { useUploads } from './use-uploads.ts'

interface InquiryDialogProps {
  open: boolean
  onClose(): void
  productName: string
  /** what is asked for, as it stands when it is sent */
  configuration(): ConfigurationDraft
  /** whoever comes by a link that promises a call finds it wished for */
  callBack: boolean
}

/** Asks who to answer and sends the inquiry. What was typed stays in this browser until it is sent. */
export function InquiryDialog({ open, onClose, productName, configuration, callBack }: InquiryDialogProps) {
  const t = useTexts('sales')
  return (
    <BottomSheet
      open={open}
      title={t(callBack ? 'inquiry.callTitle' : 'inquiry.title', { product: productName })}
      onClose={onClose}
    >
      {open ? <InquiryForm {...{ configuration, callBack }} /> : null}
    </BottomSheet>
  )
}

function InquiryForm({ configuration, callBack: called }: Pick<InquiryDialogProps, 'configuration' | 'callBack'>) {
  const t = useTexts('sales')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, fields, attempt, clear } = useProblem()
  const [draft, setDraft] = useState(() => {
    const kept = readInquiryDraft()
    return called && !kept.callBack ? { ...kept, callBack: 'any' } : kept
  })
  const [accepted, setAccepted] = useState(false)
  const [missing, setMissing] = useState<'contact' | 'number' | 'consent' | 'attachments' | null>(null)
  const [sending, setSending] = useState(false)
  // The same key for every try of the same content, so that a lost answer never makes two inquiries.
  const key = useRef(newIdempotencyKey())

  const latest = useRef(draft)

  const change = (part: Partial<InquiryDraft>) => {
    const next = { ...latest.current, ...part }
    latest.current = next
    setDraft(next)
    keepInquiryDraft(next)
    setMissing(null)
    clear()
    key.current = newIdempotencyKey()
  }
  const uploads = useUploads(draft.attachments, attachments => change({ attachments }))
  const field = (name: Exclude<keyof InquiryDraft, 'attachments'>) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })

  const send = async () => {
    if (draft.email.trim() === '' && draft.phone.trim() === '') return setMissing('contact')
    if (draft.callBack && draft.phone.trim() === '') return setMissing('number')
    if (!accepted) return setMissing('consent')
    setSending(true)
    const attachments = await uploads.settled()
    if (!attachments) {
      setSending(false)
      return setMissing('attachments')
    }
    const { name, company, email, phone, message, unlisted } = draft
    const callBack = callBackTimes.find(time => time === draft.callBack)
    const start = visitStart()
    const sent = await attempt(() =>
      api.call(submitInquiry, {
        body: {
          configuration: configuration(),
          contact: { name, company, email: email.trim(), phone },
          message,
          unlisted,
          ...(callBack ? { callBack } : {}),
          attachments: attachments.map(({ token }) => token),
          consent: { version: contactConsent.version, accepted: true },
          source: readSource(start.address, start.referrer),
        },
        idempotencyKey: key.current,
      }),
    )
    setSending(false)
    if (!sent) return
    forgetInquiryDraft()
    await navigate(pathIn(language, sent.path))
  }

  const failed = uploads.list.some(({ status }) => status === 'failed')
  const uploading = uploads.list.some(({ status }) => status === 'uploading')
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
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
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
          error={missing === 'contact' ? t('inquiry.eitherContact') : fields['contact.email']}
        />
        <TextField
          label={t('inquiry.phone')}
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          {...field('phone')}
          error={missing === 'number' ? t('inquiry.callBackPhone') : fields['contact.phone']}
        />
        <TextField label={t('inquiry.name')} optional autoComplete="name" {...field('name')} error={fields['contact.name']} />
        <TextField
          label={t('inquiry.company')}
          optional
          autoComplete="organization"
          {...field('company')}
          error={fields['contact.company']}
        />
      </div>
      <SelectField
        label={t('inquiry.callBack')}
        {...field('callBack')}
        options={[
          { value: '', label: t('inquiry.callBackNot') },
          ...callBackTimes.map(time => ({ value: time, label: t(`inquiry.callBackTimes.${time}`) })),
        ]}
      />
      <TextAreaField label={t('inquiry.message')} optional rows={3} {...field('message')} error={fields.message} />
      <TextAreaField
        label={t('inquiry.unlisted')}
        help={t('inquiry.unlistedHelp')}
        optional
        rows={2}
        {...field('unlisted')}
        error={fields.unlisted}
      />
      <AttachmentsField
        uploads={uploads}
        complaints={uploads.list.map((_, place) => fields[`attachments.${place}`])}
        error={missing === 'attachments' && failed ? t('attachments.unfinished') : fields.attachments}
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
      <p className={style.hint}>
        {t('inquiry.privacy')}{' '}
        <LocaleLink to="/privacy" target="_blank">
          {t('inquiry.privacyLink')}
        </LocaleLink>
      </p>
      <ActionButton type="submit" strength="primary" disabled={sending} block>
        {sending ? t(uploading ? 'attachments.waiting' : 'inquiry.sending') : t('inquiry.send')}
      </ActionButton>
    </form>
  )
}
