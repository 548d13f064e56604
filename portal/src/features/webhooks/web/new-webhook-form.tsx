import { ProblemNotice, useConfirmed, useEntry } from '#features/accounts/web'
import { ActionButton, api, TextField, useTexts } from '#platform/web'
import { addWebhook, type NewWebhook } from '../core/index.ts'
import type { Choosable } from './load-webhooks.ts'
import { fieldsIn, missingIn, WebhookFields } from './webhook-fields.tsx'
import style from './webhooks.module.css'

interface NewProps {
  machines: readonly Choosable[]
  onAdded(added: NewWebhook): void
}

export function NewWebhookForm({ machines, onAdded }: NewProps) {
  const t = useTexts('webhooks')
  const { confirmed, dialog } = useConfirmed()
  const entry = useEntry(
    typed => ({ ...missingIn(typed, t), ...(typed.text('address') ? {} : { address: t('addressMissing') }) }),
    async typed => {
      const body = { ...fieldsIn(typed), address: typed.text('address') }
      const added = await confirmed(token => api.call(addWebhook, { body, ...token }))
      if (added) onAdded(added)
    },
  )
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <TextField
          label={t('address')}
          name="address"
          type="url"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={500}
          help={t('addressHelp')}
          error={entry.errors.address}
        />
        <WebhookFields webhook={null} machines={machines} errors={entry.errors} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('submit')}
        </ActionButton>
      </form>
      {dialog}
    </>
  )
}
