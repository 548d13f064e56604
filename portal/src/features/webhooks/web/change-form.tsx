import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, useTexts } from '#platform/web'
import { changeWebhook, type WebhookView } from '../core/index.ts'
import type { Choosable } from './load-webhooks.ts'
import { fieldsIn, missingIn, WebhookFields } from './webhook-fields.tsx'
import style from './webhooks.module.css'

interface ChangeProps {
  webhook: WebhookView
  machines: readonly Choosable[]
  onChanged(): void
}

export function ChangeForm({ webhook, machines, onChanged }: ChangeProps) {
  const t = useTexts('webhooks')
  const entry = useEntry(
    typed => missingIn(typed, t),
    async typed => {
      await api.call(changeWebhook, {
        params: { webhookId: webhook.id },
        body: { ...fieldsIn(typed), active: webhook.active },
        ifMatch: String(webhook.revision),
      })
      onChanged()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <WebhookFields webhook={webhook} machines={machines} errors={entry.errors} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('save')}
      </ActionButton>
    </form>
  )
}
