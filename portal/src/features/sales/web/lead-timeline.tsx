import { useState } from 'react'
import { OfferEntry } from '#features/offers/web'
import {
  ActionButton,
  api,
  LocaleLink,
  Notice,
  newIdempotencyKey,
  TextAreaField,
  TextField,
  Timeline,
  type TimelineEntry,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { addLeadNote, answerLead, type LeadDetail } from '../core/index.ts'
import style from './lead-page.module.css'

/** What happened, newest first, and the two things to add to it: an answer to the contact, a note for colleagues. */
export function LeadTimeline({ lead, onDone }: { lead: LeadDetail; onDone(): void }) {
  const t = useTexts('sales')
  const zone = useTimeZone()
  const [writing, setWriting] = useState<'answer' | 'note'>(lead.contact.email ? 'answer' : 'note')
  return (
    <section className={`${style.card} ${style.timeline}`}>
      <div className={style.tabs} role="tablist">
        {(['answer', 'note'] as const).map(kind => (
          <button key={kind} type="button" role="tab" aria-selected={writing === kind} onClick={() => setWriting(kind)}>
            {t(`lead.${kind}`)}
          </button>
        ))}
      </div>
      {writing === 'note' ? <NoteForm lead={lead} onDone={onDone} /> : null}
      {writing === 'answer' && lead.contact.email ? <AnswerForm lead={lead} onDone={onDone} /> : null}
      {writing === 'answer' && !lead.contact.email ? <p>{t('lead.noEmail')}</p> : null}
      <h2>{t('lead.timeline')}</h2>
      <Timeline zone={zone} entries={lead.entries.toReversed().map(entry => timelineEntry(entry, t))} />
    </section>
  )
}

function NoteForm({ lead, onDone }: { lead: LeadDetail; onDone(): void }) {
  const t = useTexts('sales')
  const [text, setText] = useState('')
  const { problem, fields, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const saved = await attempt(() =>
      api.call(addLeadNote, { params: { leadId: lead.id }, body: { text }, idempotencyKey: newIdempotencyKey() }),
    )
    setBusy(false)
    if (!saved) return
    setText('')
    onDone()
  }
  return (
    <Writing problem={problem?.detail} busy={busy} label={t('lead.saveNote')} disabled={text.trim() === ''} onSend={save}>
      <TextAreaField
        label={t('lead.note')}
        help={t('lead.noteHelp')}
        rows={3}
        value={text}
        onChange={event => setText(event.target.value)}
        error={fields.text}
      />
    </Writing>
  )
}

function AnswerForm({ lead, onDone }: { lead: LeadDetail; onDone(): void }) {
  const t = useTexts('sales')
  const [subject, setSubject] = useState(() => t('lead.answerSubject', { number: lead.number }))
  const [text, setText] = useState('')
  const { problem, fields, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const sent = await attempt(() =>
      api.call(answerLead, { params: { leadId: lead.id }, body: { subject, text }, idempotencyKey: newIdempotencyKey() }),
    )
    setBusy(false)
    if (!sent) return
    setText('')
    onDone()
  }
  return (
    <Writing
      problem={problem?.detail}
      busy={busy}
      label={t('lead.sendAnswer')}
      disabled={text.trim() === '' || subject.trim() === ''}
      onSend={send}
    >
      <p className={style.to}>{t('lead.answerTo', { email: lead.contact.email })}</p>
      <TextField
        label={t('lead.subject')}
        value={subject}
        onChange={event => setSubject(event.target.value)}
        error={fields.subject}
      />
      <TextAreaField
        label={t('lead.text')}
        rows={5}
        value={text}
        onChange={event => setText(event.target.value)}
        error={fields.text}
      />
    </Writing>
  )
}

interface WritingProps {
  problem: string | undefined
  busy: boolean
  label: string
  disabled: boolean
  onSend(): Promise<void>
  children: React.ReactNode
}

function Writing({ problem, busy, label, disabled, onSend, children }: WritingProps) {
  return (
    <form
      className={style.writing}
      onKeyDown={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
      }}
      onSubmit={event => {
        event.preventDefault()
        if (!busy && !disabled) void onSend()
      }}
    >
      {problem ? (
        <Notice tone="bad" live>
          {problem}
        </Notice>
      ) : null}
      {children}
      <div className={style.send}>
        <ActionButton type="submit" strength="primary" size="small" disabled={busy || disabled}>
          {label}
        </ActionButton>
        <kbd className={style.key}>Ctrl + ↵</kbd>
      </div>
    </form>
  )
}

function timelineEntry(
  { id, at, kind, author, data }: LeadDetail['entries'][number],
  t: ReturnType<typeof useTexts>,
): TimelineEntry {
  const who = author?.name ?? ''
  const text = (name: string) => String(data[name] ?? '')
  switch (kind) {
    case 'submitted':
      return { id, at, title: t('lead.did.submitted') }
    case 'status':
      return { id, at, title: t('lead.did.status', { who, status: t(`status.${text('to')}`) }) }
    case 'assigned':
      return {
        id,
        at,
        title: data.to === null ? t('lead.did.unassigned', { who }) : t('lead.did.assigned', { who, name: text('name') }),
      }
    case 'note':
      return { id, at, title: t('lead.did.note', { who }), body: text('text'), strong: true }
    case 'configured':
      return {
        id,
        at,
        title: t('lead.did.configured', { who }),
        body: (
          <>
            {text('note')} <LocaleLink to={`/c/${text('from')}`}>{t('lead.did.configuredBefore')}</LocaleLink>
          </>
        ),
        strong: true,
      }
    case 'offer':
      return { id, at, title: <OfferEntry data={data} who={who} />, strong: true }
    case 'answered':
      return { id, at, title: t('lead.did.answered', { who, subject: text('subject') }), body: text('text'), strong: true }
  }
}
