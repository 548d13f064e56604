import {
  ActionButton,
  type FieldMessages,
  newIdempotencyKey,
  SelectField,
  TextAreaField,
  TextField,
  useTexts,
} from '#platform/web'
import { mostInstalments } from '../../core/index.ts'
import style from './console.module.css'
import type { DraftForm } from './draft-form.ts'

interface TermsEditorProps {
  form: DraftForm
  errors: FieldMessages
  onChange(change: Partial<DraftForm>): void
}

/** What holds for the whole offer: discount, tax, validity, delivery, payment and the rest. */
export function TermsEditor({ form, errors, onChange }: TermsEditorProps) {
  const t = useTexts('offers')
  const words = (name: 'delivery' | 'installation' | 'warranty' | 'notes', most: number) => (
    <TextAreaField
      label={t(`page.${name}`)}
      rows={2}
      maxLength={most}
      value={form[name]}
      onChange={event => onChange({ [name]: event.target.value })}
    />
  )
  const short = (name: 'taxPercent' | 'validUntil' | 'remindDays' | 'leadWeeks', label: string, help?: string) => ({
    label,
    value: form[name],
    error: errors[name],
    ...(help ? { help } : {}),
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  })
  return (
    <>
      <section className={`${style.card} ${style.terms}`}>
        <h2>{t('console.valid')}</h2>
        <div className={style.pair}>
          <SelectField
            label={t('console.wholeDiscount')}
            value={form.discount.kind}
            options={(['percent', 'amount'] as const).map(value => ({ value, label: t(`console.discountKind.${value}`) }))}
            onChange={event => onChange({ discount: { kind: event.target.value as 'percent' | 'amount', value: '0' } })}
          />
          <TextField
            label={t('console.discountValue')}
            inputMode="decimal"
            value={form.discount.value}
            error={errors.discount}
            onChange={event => onChange({ discount: { ...form.discount, value: event.target.value } })}
          />
          <TextField {...short('taxPercent', t('console.tax'))} inputMode="decimal" />
        </div>
        <div className={style.pair}>
          <TextField {...short('validUntil', t('page.validUntil'))} type="date" required />
          <TextField {...short('remindDays', t('console.remindDays'), t('console.remindHelp'))} inputMode="numeric" />
        </div>
      </section>
      <section className={`${style.card} ${style.terms}`}>
        <h2>{t('console.terms')}</h2>
        {words('delivery', 500)}
        <div className={style.pair}>
          <TextField {...short('leadWeeks', t('console.leadWeeks'))} inputMode="numeric" />
        </div>
        <Payment form={form} errors={errors} onChange={onChange} />
        {words('installation', 1000)}
        {words('warranty', 1000)}
        {words('notes', 5000)}
      </section>
    </>
  )
}

function Payment({ form: { payment }, errors, onChange }: TermsEditorProps) {
  const t = useTexts('offers')
  const set = (key: string, change: { percent?: string; text?: string }) =>
    onChange({ payment: payment.map(one => (one.key === key ? { ...one, ...change } : one)) })
  const sum = Math.round(payment.reduce((all, { percent }) => all + (Number(percent) || 0), 0) * 100) / 100
  return (
    <>
      <h3>{t('console.payment')}</h3>
      {payment.map(({ key, percent, text }, place) => (
        <fieldset
          className={`${style.line} ${style.instalment}`}
          key={key}
          aria-label={t('console.instalment', { number: place + 1 })}
        >
          <TextField
            label={t('console.percent')}
            inputMode="decimal"
            value={percent}
            error={errors[`payment.${place}`]}
            onChange={event => set(key, { percent: event.target.value })}
          />
          <TextField
            label={t('console.when')}
            maxLength={300}
            value={text}
            onChange={event => set(key, { text: event.target.value })}
          />
          <ActionButton
            size="small"
            strength="quiet"
            aria-label={t('console.removeInstalment', { number: place + 1 })}
            onClick={() => onChange({ payment: payment.filter(one => one.key !== key) })}
          >
            ✕
          </ActionButton>
        </fieldset>
      ))}
      {payment.length > 0 && sum !== 100 ? <p className={style.bad}>{t('console.paymentSum', { sum })}</p> : null}
      {payment.length < mostInstalments ? (
        <div>
          <ActionButton
            size="small"
            onClick={() => onChange({ payment: [...payment, { key: newIdempotencyKey(), percent: '', text: '' }] })}
          >
            {t('console.addInstalment')}
          </ActionButton>
        </div>
      ) : null}
    </>
  )
}
