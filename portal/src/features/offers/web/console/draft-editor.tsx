import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import { fillPath, formatDate, formatMoney } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  ConfirmDialog,
  LeaveGuard,
  Money,
  Notice,
  newIdempotencyKey,
  TextField,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { mostLines, type OfferDetail, previewOffer, saveOfferDraft, sendOffer } from '../../core/index.ts'
import style from './console.module.css'
import { errorsOf } from './draft-errors.ts'
import { contentOf, type DraftForm, formOf, type LineForm, moved, newLine, totalsOf } from './draft-form.ts'
import { LineEditor } from './line-editor.tsx'
import { TermsEditor } from './terms-editor.tsx'

interface DraftEditorProps {
  offer: OfferDetail
  etag: string
  seesCost: boolean
  onSent(): void
}

/** Edits the draft. What was typed stays until it is saved; a change by somebody else meanwhile is told, never overwritten. */
export function DraftEditor({ offer, etag, seesCost, onSent }: DraftEditorProps) {
  const t = useTexts('offers')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { problem, fields, attempt, clear } = useProblem()
  const fresh = () => ({ form: formOf(offer.recipient, offer.content, offer.currency), etag })
  // the form goes with the revision it began from: one that is edited keeps it while the page hears of newer ones
  const [state, setState] = useState(fresh)
  const [dirty, setDirty] = useState(false)
  const [saved, setSaved] = useState(false)
  const [busy, setBusy] = useState(false)
  const [asks, setAsks] = useState(false)
  const [removed, setRemoved] = useState<{ line: LineForm; place: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new revision replaces what is shown
  useEffect(() => {
    if (!dirty) setState(fresh())
  }, [etag])

  const { form } = state
  const { content, wrong } = contentOf(form, offer.currency)
  const totals = totalsOf(content)
  const errors = errorsOf(fields, wrong, t('console.wrong'))
  const params = { offerId: offer.id }

  const change = (part: Partial<DraftForm>) => {
    setState({ ...state, form: { ...form, ...part } })
    setDirty(true)
    setSaved(false)
  }
  const changeLine = (id: string, part: Partial<LineForm>) =>
    change({ lines: form.lines.map(line => (line.id === id ? { ...line, ...part } : line)) })
  const reload = () => {
    clear()
    setDirty(false)
    setState(fresh())
  }
  const save = async () => {
    if (wrong.size > 0) return
    setBusy(true)
    const body = { recipient: form.recipient, content }
    const done = await attempt(() => api.callWithEtag(saveOfferDraft, { params, body, ifMatch: state.etag }))
    setBusy(false)
    if (!done) return
    setState({ form, etag: done.etag })
    setDirty(false)
    setSaved(true)
    await revalidate()
  }
  const send = async () => {
    setBusy(true)
    const done = await attempt(() => api.call(sendOffer, { params, ifMatch: state.etag }))
    setBusy(false)
    setAsks(false)
    if (done) onSent()
    await revalidate()
  }
  return (
    <form
      className={style.editor}
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (!busy) void save()
      }}
    >
      {problem?.status === 412 ? (
        <Notice tone="warn" live title={t('console.changed')}>
          <p>{t('console.changedHelp')}</p>
          <ActionButton size="small" onClick={reload}>
            {t('console.reload')}
          </ActionButton>
        </Notice>
      ) : problem ? (
        <Notice tone="bad" live title={problem.detail}>
          <ul>
            {problem.errors?.map(({ field, message, remedy }) => (
              <li key={field}>
                {message} {remedy}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <section className={style.card}>
        <h2>{t('console.to')}</h2>
        <div className={style.pair}>
          {(['name', 'company'] as const).map(name => (
            <TextField
              key={name}
              label={t(name === 'name' ? 'console.toName' : 'console.toCompany')}
              maxLength={200}
              value={form.recipient[name]}
              onChange={event => change({ recipient: { ...form.recipient, [name]: event.target.value } })}
            />
          ))}
        </div>
      </section>
      <section className={style.card}>
        <h2>{t('console.lines')}</h2>
        <ol className={style.lines}>
          {form.lines.map((line, place) => (
            <li key={line.id}>
              <LineEditor
                line={line}
                place={place}
                last={place === form.lines.length - 1}
                currency={offer.currency}
                amount={totals.lines[place]!.amount}
                seesCost={seesCost}
                errors={errors.ofLine(place)}
                onChange={part => changeLine(line.id, part)}
                onMove={by => change({ lines: moved(form.lines, place, by) })}
                onRemove={() => {
                  setRemoved({ line, place })
                  change({ lines: form.lines.toSpliced(place, 1) })
                }}
              />
            </li>
          ))}
        </ol>
        {removed ? (
          <Notice live title={t('console.removed', { name: removed.line.name })}>
            <ActionButton
              size="small"
              onClick={() => {
                change({ lines: form.lines.toSpliced(removed.place, 0, removed.line) })
                setRemoved(null)
              }}
            >
              {t('console.undo')}
            </ActionButton>
          </Notice>
        ) : null}
        {form.lines.length < mostLines ? (
          <div className={style.actions}>
            {(['part', 'service', 'free'] as const).map(kind => (
              <ActionButton
                key={kind}
                size="small"
                onClick={() => change({ lines: [...form.lines, newLine(kind, newIdempotencyKey(), '')] })}
              >
                {t(`console.add.${kind}`)}
              </ActionButton>
            ))}
          </div>
        ) : null}
        <p className={style.muted}>{t('console.limit', { limit: offer.discountLimit })}</p>
      </section>
      <TermsEditor form={form} errors={errors.ofForm} onChange={change} />
      <section className={style.card}>
        <h2>{t('console.totals')}</h2>
        <dl className={style.sums}>
          {(
            [
              ...(totals.discount === 0
                ? []
                : [
                    [t('page.subtotal'), totals.subtotal],
                    [t('page.discount'), -totals.discount],
                  ]),
              [t('page.net'), totals.net],
              [t('page.tax', { percent: content.taxPercent }), totals.tax],
              [t('page.gross'), totals.gross],
              ...(totals.margin === null ? [] : [[t('console.margin'), totals.margin]]),
            ] as [string, number][]
          ).map(([name, amount]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Money amount={amount} currency={offer.currency} difference={amount < 0} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <div className={style.bar}>
        <span className={style.sum}>
          <Money amount={totals.gross} currency={offer.currency} />
        </span>
        <span className={style.muted} role="status">
          {saved ? t('console.saved') : dirty ? t('console.saveFirst') : ''}
        </span>
        <ActionButton type="submit" disabled={busy || !dirty}>
          {t('console.save')}
        </ActionButton>
        {dirty ? null : (
          <ActionLink reloadDocument to={`/api/v1${fillPath(previewOffer.path, params)}`}>
            {t('console.preview')}
          </ActionLink>
        )}
        <ActionButton strength="primary" disabled={busy || dirty} onClick={() => setAsks(true)}>
          {t('console.send')}
        </ActionButton>
      </div>
      <ConfirmDialog
        open={asks}
        title={t('console.sendTitle', { number: offer.number, version: offer.version })}
        action={t('console.sendGo')}
        busy={busy}
        onConfirm={() => void send()}
        onClose={() => setAsks(false)}
      >
        <p>
          {offer.contact.email
            ? t('console.sendTo', { email: offer.contact.email })
            : t('console.sendNoMail', { phone: offer.contact.phone })}
        </p>
        <p>
          {t('console.sendTotal', {
            gross: formatMoney(totals.gross, offer.currency, language),
            day: content.validUntil ? formatDate(`${content.validUntil}T00:00:00Z`, language, 'UTC') : '',
          })}
        </p>
      </ConfirmDialog>
      <LeaveGuard changed={dirty} />
    </form>
  )
}
