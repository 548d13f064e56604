import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { PricesTold } from '#features/products/core'
import { pathIn } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  Money,
  Notice,
  newIdempotencyKey,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { saveConfiguration, type View } from '../core/index.ts'
import { Breakdown } from './breakdown.tsx'
import { Cheapest } from './cheapest.tsx'
import { CopyLink } from './copy-link.tsx'
import { CountingMoney } from './counting-money.tsx'
import type { EngineClient } from './engine-client.ts'
import { Facts } from './facts.tsx'
import style from './summary-bar.module.css'
import { draftOf } from './use-configurator.ts'
import { useOnline } from './use-online.ts'
import { Variants } from './variants.tsx'

interface SummaryBarProps {
  view: View
  client: EngineClient
  /** the price of what was pressed last is still to come */
  waiting: boolean
  modelVersionId: string
  prices: PricesTold
  /** it can neither be saved nor sent nor linked */
  preview: boolean
  /** the link to this very configuration */
  linkNow(): Promise<string>
  /** the lead whose customer this is worked out for; null: whoever is here works for himself */
  leadId: string | null
  onInquire(): void
}

/** Always in sight: total, difference, lead time, mass, power, and what to do next. */
export function SummaryBar({
  view,
  client,
  waiting,
  modelVersionId,
  prices,
  preview,
  linkNow,
  leadId,
  onInquire,
}: SummaryBarProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const navigate = useNavigate()
  const online = useOnline()
  const { problem, attempt, clear } = useProblem()
  const [open, setOpen] = useState(false)
  const [saving, setSaving] = useState(false)
  const { price, facts, difference } = view

  const save = async () => {
    setSaving(true)
    const settled = await client.settled()
    const saved = await attempt(() =>
      api.call(saveConfiguration, { body: draftOf(settled, modelVersionId), idempotencyKey: newIdempotencyKey() }),
    )
    setSaving(false)
    if (!saved) return
    await navigate(pathIn(language, leadId === null ? saved.path : `/console/leads/${leadId}?configuration=${saved.token}`))
  }

  return (
    <section className={style.bar} aria-label={t('page.summary')} data-summary>
      {online ? null : (
        <p className={style.offline} role="status" data-offline>
          {t('page.offline')}
        </p>
      )}
      {problem ? (
        <div className={style.problem}>
          <Notice tone="bad" live title={problem.detail}>
            <p>{problem.remedy}</p>
            <ActionButton size="small" strength="quiet" onClick={clear}>
              {t('page.close')}
            </ActionButton>
          </Notice>
        </div>
      ) : null}
      <button type="button" className={style.total} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <span className={style.label}>{t('page.total')}</span>
        <span
          className={style.amount}
          data-total={price.status === 'priced' ? price.net : ''}
          aria-live="polite"
          aria-busy={waiting}
        >
          {price.status === 'priced' ? (
            <CountingMoney amount={price.net} currency={price.currency} />
          ) : (
            t(prices === 'signed-in' ? 'page.totalAfterSignIn' : 'page.totalOnRequest')
          )}
        </span>
        <span className={style.difference}>
          {difference ? (
            <>
              {t('page.difference')} <Money amount={difference} currency={price.currency} difference />
            </>
          ) : (
            t('page.showBreakdown')
          )}
        </span>
      </button>
      <Facts className={style.facts} lines={facts.filter(line => line.role)} />
      {preview ? (
        <p className={style.actions}>{t('preview.notSent')}</p>
      ) : (
        <div className={style.actions}>
          <CopyLink className={style.wideOnly} linkNow={linkNow} attempt={attempt} />
          <ActionButton strength={leadId === null ? 'secondary' : 'primary'} onClick={save} disabled={saving || !view.whole}>
            {saving ? t('page.saving') : t(leadId === null ? 'page.save' : 'page.takeForLead')}
          </ActionButton>
          {leadId === null ? (
            <ActionButton strength="primary" onClick={onInquire} disabled={!view.whole}>
              {t('page.inquire')}
            </ActionButton>
          ) : null}
        </div>
      )}
      <BottomSheet open={open} title={t('page.summary')} onClose={() => setOpen(false)}>
        {open ? (
          <>
            <Facts className={style.allFacts} lines={facts}>
              <Variants view={view} client={client} />
            </Facts>
            <Breakdown view={view} prices={prices} />
            <Cheapest view={view} client={client} onTake={() => setOpen(false)} />
            {preview ? null : (
              <div className={style.sheetActions}>
                <CopyLink linkNow={linkNow} attempt={attempt} />
              </div>
            )}
          </>
        ) : null}
      </BottomSheet>
    </section>
  )
}
