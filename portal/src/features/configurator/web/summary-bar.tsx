import { price, spec } from '@fettle/engine'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, BottomSheet, api, Measure, Money, Notice, newIdempotencyKey, useLanguage, useProblem, useTexts } from '#platform/web'
import { type Configuring, saveConfiguration } from '../core/index.ts'
import style from './summary-bar.module.css'
import { draftOf } from './use-configurator.ts'

interface SummaryBarProps {
  configuring: Configuring
  slug: string
  modelVersionId: string
  onInquire(): void
}

/** Always in sight: total, difference, lead time, mass, power, and what to do next. */
export function SummaryBar({ configuring, modelVersionId, onInquire }: SummaryBarProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt } = useProblem()
  const [open, setOpen] = useState(false)
  const [saving, setSaving] = useState(false)
  const [copied, setCopied] = useState(false)
  const { compiled, selection } = configuring
  const headlines = spec(compiled, selection).filter(line => line.headline && line.role)
  const difference = lastDifference(configuring)
  const priced = configuring.price.status === 'priced'

  const save = async () => {
    setSaving(true)
    const saved = await attempt(() =>
      api.call(saveConfiguration, { body: draftOf(configuring, modelVersionId), idempotencyKey: newIdempotencyKey() }),
    )
    setSaving(false)
    if (saved) await navigate(pathIn(language, saved.path))
  }
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href)
    setCopied(true)
    setTimeout(() => setCopied(false), 3000)
  }

  return (
    <div className={style.bar} data-summary>
      {problem ? (
        <div className={style.problem}>
          <Notice tone="bad" live title={problem.detail}>
            {problem.remedy}
          </Notice>
        </div>
      ) : null}
      <div className={style.figures}>
        <button type="button" className={style.total} onClick={() => setOpen(true)} aria-haspopup="dialog" title={t('page.showBreakdown')}>
          <span className={style.label}>{t('page.total')}</span>
          <span className={style.amount} data-total={priced ? configuring.price.net : ''} aria-live="polite">
            {priced ? <CountingMoney amount={configuring.price.net} currency={configuring.price.currency} /> : t('page.onRequest')}
          </span>
          <span className={style.difference}>
            {difference ? (
              <>
                {t('page.difference')} <Money amount={difference} currency={configuring.price.currency} difference />
              </>
            ) : (
              t('page.showBreakdown')
            )}
          </span>
        </button>
        <dl className={style.facts}>
          {headlines.map(line => (
            <div key={line.id} data-fact={line.role}>
              <dt>{line.name[language]}</dt>
              <dd>
                {typeof line.value === 'number' ? <Measure value={line.value} unit={line.unit} decimals={line.decimals} /> : line.value[language]}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div className={style.actions}>
        <ActionButton onClick={copyLink} className={style.wideOnly}>
          {copied ? t('page.copied') : t('page.copyLink')}
        </ActionButton>
        <ActionButton onClick={save} disabled={saving}>
          {saving ? t('page.saving') : t('page.save')}
        </ActionButton>
        <ActionButton strength="primary" onClick={onInquire}>
          {t('page.inquire')}
        </ActionButton>
      </div>
      <BottomSheet open={open} title={t('page.breakdown')} onClose={() => setOpen(false)}>
        <Breakdown configuring={configuring} />
        <dl className={style.allFacts}>
          {headlines.map(line => (
            <div key={line.id}>
              <dt>{line.name[language]}</dt>
              <dd>
                {typeof line.value === 'number' ? <Measure value={line.value} unit={line.unit} decimals={line.decimals} /> : line.value[language]}
              </dd>
            </div>
          ))}
        </dl>
      </BottomSheet>
    </div>
  )
}

function Breakdown({ configuring: { price: now } }: { configuring: Configuring }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  if (now.status === 'on-request') return <p>{t('sheet.onRequestHelp')}</p>
  return (
    <table className={style.breakdown}>
      <tbody>
        {now.lines.map(line => (
          <tr key={`${line.rule} ${line.option ?? ''}`}>
            <th scope="row">
              {line.name[language]}
              {line.quantity === 1 ? '' : ` × ${line.quantity}`}
            </th>
            <td>
              <Money amount={line.amount} currency={now.currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('page.total')}</th>
          <td>
            <Money amount={now.net} currency={now.currency} />
          </td>
        </tr>
        {now.tax ? (
          <>
            <tr>
              <th scope="row">
                {now.tax.name[language]} <Measure value={now.tax.percent} unit="%" />
              </th>
              <td>
                <Money amount={now.tax.amount} currency={now.currency} />
              </td>
            </tr>
            <tr>
              <th scope="row">{t('page.gross')}</th>
              <td>
                <Money amount={now.gross} currency={now.currency} />
              </td>
            </tr>
          </>
        ) : null}
      </tfoot>
    </table>
  )
}

/** Counts to its new amount in 150 ms, so that the eye sees which way it went; at once where motion is unwanted. */
function CountingMoney({ amount, currency }: { amount: number; currency: string }) {
  const [shown, setShown] = useState(amount)
  const from = useRef(amount)
  useEffect(() => {
    const start = performance.now()
    const first = from.current
    from.current = amount
    if (first === amount || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setShown(amount)
      return
    }
    let frame = 0
    const tick = () => {
      const part = Math.min(1, (performance.now() - start) / 150)
      setShown(part === 1 ? amount : Math.round((first + (amount - first) * part) / 100) * 100)
      if (part < 1) frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => {
      cancelAnimationFrame(frame)
      setShown(amount)
    }
  }, [amount])
  return <Money amount={shown} currency={currency} />
}

/** Net price now minus before the last choice; null where there is none to show. */
function lastDifference({ compiled, before, price: now }: Configuring): number | null {
  if (!before) return null
  const then = price(compiled, before)
  return then.status === 'priced' && now.status === 'priced' ? now.net - then.net : null
}
