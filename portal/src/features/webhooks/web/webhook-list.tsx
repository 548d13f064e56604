import { useState } from 'react'
import { Link, useRevalidator } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, BottomSheet, EmptyState, Notice, useLanguage, useTexts } from '#platform/web'
import type { NewWebhook, WebhookView } from '../core/index.ts'
import type { Choosable } from './load-webhooks.ts'
import { NewWebhookForm } from './new-webhook-form.tsx'
import { SecretOnce } from './secret-once.tsx'
import { WebhookState } from './webhook-state.tsx'
import style from './webhooks.module.css'

interface ListProps {
  items: readonly WebhookView[]
  machines: readonly Choosable[]
  /** messages are kept instead of sent */
  kept: boolean
  /** of the list, without language */
  path: string
}

/** Webhooks with how they are, and the way to add one. */
export function WebhookList({ items, machines, kept, path }: ListProps) {
  const t = useTexts('webhooks')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const [sheet, setSheet] = useState<'add' | NewWebhook | null>(null)
  const add = (
    <ActionButton strength="primary" onClick={() => setSheet('add')}>
      {t('add')}
    </ActionButton>
  )
  return (
    <div className={style.column}>
      <div className={style.links}>
        {items.length > 0 ? add : null}
        <a href="/api/docs#webhooks">{t('guide')}</a>
      </div>
      {kept ? <Notice tone="info" title={t('demo')} /> : null}
      {items.length === 0 ? (
        <EmptyState title={t('none')} action={add}>
          {t('noneHelp')}
        </EmptyState>
      ) : null}
      <ul className={style.list} aria-label={t('title')}>
        {items.map(webhook => (
          <li key={webhook.id}>
            <div className={style.facts}>
              <h2>
                <Link to={pathIn(language, `${path}/${webhook.id}`)} aria-label={t('open', { name: webhook.name })}>
                  {webhook.name}
                </Link>
              </h2>
              <WebhookState webhook={webhook} />
              <p className={style.said}>{webhook.address}</p>
              <p className={style.said}>
                {webhook.kinds.map(kind => t(`kind.${kind}`)).join(' · ')}
                {webhook.devices ? ` · ${t('ofMachines', { count: webhook.devices.length })}` : ''}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <BottomSheet
        open={sheet !== null}
        title={sheet === null || sheet === 'add' ? t('add') : sheet.webhook.name}
        onClose={() => setSheet(null)}
      >
        {sheet === 'add' ? (
          <NewWebhookForm
            machines={machines}
            onAdded={added => {
              setSheet(added)
              void revalidate()
            }}
          />
        ) : null}
        {sheet !== null && sheet !== 'add' ? <SecretOnce secret={sheet.secret} onKept={() => setSheet(null)} /> : null}
      </BottomSheet>
    </div>
  )
}
