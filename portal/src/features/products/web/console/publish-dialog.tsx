import { useState } from 'react'
import { Choice, ConfirmDialog, TextField, useTexts } from '#platform/web'
import style from './console-product-page.module.css'

interface PublishDialogProps {
  open: boolean
  title: string
  help: string
  action: string
  /** how many are to be accepted */
  warnings: number
  busy: boolean
  onPublish(reason: string, acceptWarnings: boolean): void
  onClose(): void
}

/** Asks why, and for a nod to the warnings, before visitors configure another version. */
export function PublishDialog({ open, title, help, action, warnings, busy, onPublish, onClose }: PublishDialogProps) {
  const t = useTexts('products')
  const [reason, setReason] = useState('')
  const [accepted, setAccepted] = useState(false)
  const [tried, setTried] = useState(false)
  const publish = () => {
    setTried(true)
    if (reason.trim() !== '' && (accepted || warnings === 0)) onPublish(reason.trim(), accepted)
  }
  return (
    <ConfirmDialog open={open} title={title} action={action} busy={busy} onConfirm={publish} onClose={onClose}>
      <div className={style.publishing}>
        <p>{help}</p>
        <TextField
          label={t('console.draft.reason')}
          help={t('console.draft.reasonHelp')}
          required
          maxLength={300}
          value={reason}
          error={tried && reason.trim() === '' ? t('console.draft.reasonMissing') : undefined}
          onChange={event => setReason(event.target.value)}
          data-first-focus
        />
        {warnings > 0 ? (
          <Choice
            type="checkbox"
            label={t('console.draft.accept', { count: warnings })}
            help={tried && !accepted ? t('console.draft.acceptMissing') : undefined}
            checked={accepted}
            onChange={event => setAccepted(event.target.checked)}
          />
        ) : null}
      </div>
    </ConfirmDialog>
  )
}
