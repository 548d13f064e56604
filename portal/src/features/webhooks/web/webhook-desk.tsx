import { useState } from 'react'
import { useNavigate, useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { type Page, pathIn } from '#platform/core'
import { ActionButton, api, BottomSheet, ConfirmDialog, Notice, useLanguage, useProblem, useTexts } from '#platform/web'
import {
  changeWebhook,
  type DeliveryView,
  removeWebhook,
  renewWebhookSecret,
  tryWebhook,
  type WebhookView,
} from '../core/index.ts'
import { ChangeForm } from './change-form.tsx'
import { DeliveryList } from './delivery-list.tsx'
import type { Choosable } from './load-webhooks.ts'
import { SecretOnce } from './secret-once.tsx'
import { WebhookState } from './webhook-state.tsx'
import style from './webhooks.module.css'

interface DeskProps {
  webhook: WebhookView
  page: Page<DeliveryView>
  machines: readonly Choosable[]
  /** of the list of webhooks, without language */
  path: string
}

/** One webhook: how it is, what was sent, and all that can be done with it. */
export function WebhookDesk({ webhook, page, machines, path }: DeskProps) {
  const t = useTexts('webhooks')
  const language = useLanguage()
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [sheet, setSheet] = useState<'settings' | { secret: string } | null>(null)
  const [asked, setAsked] = useState<'renew' | 'remove' | null>(null)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState<DeliveryView | null>(null)
  const params = { webhookId: webhook.id }

  const act = async <Result,>(work: () => Promise<Result>): Promise<Result | undefined> => {
    setBusy(true)
    setTried(null)
    return attempt(work).finally(() => {
      setBusy(false)
      setAsked(null)
    })
  }
  const test = async () => {
    const delivery = await act(() => api.call(tryWebhook, { params }))
    if (delivery) setTried(delivery)
    await revalidate()
  }
  const turn = async () => {
    const { name, kinds, severityFrom, devices, active, revision } = webhook
    const body = { name, kinds, severityFrom, deviceIds: devices?.map(({ id }) => id) ?? null, active: !active }
    await act(() => api.call(changeWebhook, { params, body, ifMatch: String(revision) }))
    await revalidate()
  }
  const renew = async () => {
    const renewed = await act(() => api.call(renewWebhookSecret, { params }))
    if (renewed) setSheet({ secret: renewed.secret })
    await revalidate()
  }
  const remove = async () => {
    const done = await act(() => api.call(removeWebhook, { params }).then(() => true))
    if (done) await navigate(pathIn(language, path))
  }
  return (
    <div className={style.column}>
      <WebhookState webhook={webhook} />
      <p className={style.said}>{webhook.address}</p>
      {webhook.givenUpAt && !webhook.active ? (
        <Notice tone="bad" title={t('off.title')}>
          <p>{t('off.text')}</p>
        </Notice>
      ) : null}
      <ProblemNotice problem={problem} />
      {tried ? <Tried delivery={tried} /> : null}
      <div className={style.actions}>
        <ActionButton strength="primary" disabled={busy} onClick={() => void test()}>
          {t('test')}
        </ActionButton>
        <ActionButton onClick={() => setSheet('settings')}>{t('settings')}</ActionButton>
        <ActionButton disabled={busy} onClick={() => void turn()}>
          {t(webhook.active ? 'switchOff' : 'switchOn')}
        </ActionButton>
        <ActionButton onClick={() => setAsked('renew')}>{t('renew')}</ActionButton>
        <ActionButton onClick={() => setAsked('remove')}>{t('remove')}</ActionButton>
      </div>
      <DeliveryList webhook={webhook} first={page} />
      <BottomSheet
        open={sheet !== null}
        title={sheet === 'settings' ? t('settings') : webhook.name}
        onClose={() => setSheet(null)}
      >
        {sheet === 'settings' ? (
          <ChangeForm
            webhook={webhook}
            machines={machines}
            onChanged={() => {
              setSheet(null)
              void revalidate()
            }}
          />
        ) : null}
        {sheet !== null && sheet !== 'settings' ? <SecretOnce secret={sheet.secret} onKept={() => setSheet(null)} /> : null}
      </BottomSheet>
      <ConfirmDialog
        open={asked !== null}
        title={asked === 'remove' ? t('removeTitle', { name: webhook.name }) : t('renewTitle')}
        action={t(asked ?? 'renew')}
        danger={asked === 'remove'}
        busy={busy}
        onConfirm={() => void (asked === 'remove' ? remove() : renew())}
        onClose={() => setAsked(null)}
      >
        <p>{t(asked === 'remove' ? 'removeHelp' : 'renewHelp')}</p>
      </ConfirmDialog>
    </div>
  )
}

/** What came of a test message. */
function Tried({ delivery: { state, attempts } }: { delivery: DeliveryView }) {
  const t = useTexts('webhooks')
  const [last] = attempts
  const status = last?.status === null || last === undefined ? t('noAnswer') : String(last.status)
  if (state === 'delivered') return <Notice tone="good" live title={t('tested', { status })} />
  return (
    <Notice tone="bad" live title={t('testFailed')}>
      <p className={style.said}>{[status, last?.said].filter(Boolean).join(' · ')}</p>
    </Notice>
  )
}
