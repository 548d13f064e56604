import { flushSync } from 'react-dom'
import { formatMoney } from '#platform/core'
import { ActionButton, type FieldMessages, Money, TextAreaField, TextField, useLanguage, useTexts } from '#platform/web'
import style from './console.module.css'
import type { LineForm } from './draft-form.ts'

interface LineEditorProps {
  line: LineForm
  /** from 0 */
  place: number
  last: boolean
  currency: string
  /** minor units */
  amount: number
  seesCost: boolean
  /** by the name of the field */
  errors: FieldMessages
  onChange(change: Partial<LineForm>): void
  onMove(by: -1 | 1): void
  onRemove(): void
}

/** One line: what it is, how many, for how much. */
export function LineEditor({
  line,
  place,
  last,
  currency,
  amount,
  seesCost,
  errors,
  onChange,
  onMove,
  onRemove,
}: LineEditorProps) {
  const t = useTexts('offers')
  const language = useLanguage()
  const number = place + 1
  const field = (name: 'code' | 'name' | 'text' | 'quantity' | 'unit' | 'unitPrice' | 'cost', label: string) => ({
    label,
    value: line[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  })
  const listPrice =
    line.kind !== 'configuration'
      ? undefined
      : line.listPrice === null
        ? t('console.onRequest')
        : t('console.listPrice', { price: formatMoney(line.listPrice, currency, language) })
  return (
    <fieldset className={style.line} aria-label={t('console.line', { number })}>
      <div className={style.lineHead}>
        <span className={style.muted}>
          {t('console.line', { number })} · {t(`console.kind.${line.kind}`)}
        </span>
        <Mover label={t('console.up', { number })} sign="↑" idle={place === 0} onMove={() => onMove(-1)} />
        <Mover label={t('console.down', { number })} sign="↓" idle={last} onMove={() => onMove(1)} />
        <ActionButton size="small" strength="quiet" onClick={onRemove} aria-label={t('console.remove', { number })}>
          ✕
        </ActionButton>
      </div>
      <div className={style.names}>
        <TextField {...field('name', t('console.name'))} maxLength={200} required />
        <TextField {...field('code', t('console.code'))} maxLength={120} />
      </div>
      <TextAreaField {...field('text', t('console.text'))} maxLength={2000} rows={2} />
      <div className={style.figures}>
        <TextField {...field('quantity', t('console.quantity'))} inputMode="decimal" maxLength={12} required />
        <TextField {...field('unit', t('console.unit'))} maxLength={20} />
        <TextField {...field('unitPrice', t('console.unitPrice'))} inputMode="decimal" maxLength={18} help={listPrice} required />
        <TextField
          label={t('console.lineDiscount')}
          value={line.discountPercent}
          error={errors.discountPercent}
          onChange={event => onChange({ discountPercent: event.target.value })}
          inputMode="decimal"
          maxLength={6}
        />
        {seesCost ? <TextField {...field('cost', t('console.cost'))} inputMode="decimal" maxLength={18} /> : null}
        <div className={style.amount}>
          <span className={style.muted}>{t('console.amount')}</span>
          <b>
            <Money amount={amount} currency={currency} />
          </b>
        </div>
      </div>
    </fieldset>
  )
}

/** Moves the line and keeps the focus, so that it can be moved on. */
function Mover({ label, sign, idle, onMove }: { label: string; sign: string; idle: boolean; onMove(): void }) {
  return (
    <ActionButton
      size="small"
      strength="quiet"
      aria-label={label}
      aria-disabled={idle}
      onClick={event => {
        const button = event.currentTarget
        if (idle) return
        flushSync(onMove)
        button.focus()
      }}
    >
      {sign}
    </ActionButton>
  )
}
