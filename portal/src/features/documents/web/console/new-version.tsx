import { useState } from 'react'
import { useEntry } from '#features/accounts/web'
import { ActionButton, api, type FieldMessages, TextAreaField, useTexts } from '#platform/web'
import { addVersion } from '../../core/index.ts'
import style from './console.module.css'
import { FileField, type Receipt } from './file-field.tsx'
import { DocumentProblem } from './known-file.tsx'

interface NewVersionProps {
  documentId: string
  etag: string
  onDone(): void
}

/** A new file for a document, with what changed. */
export function NewVersion({ documentId, etag, onDone }: NewVersionProps) {
  const t = useTexts('documents')
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const entry = useEntry(
    (): FieldMessages => (receipt ? {} : { token: t('console.fileMissing') }),
    async typed => {
      const body = { token: receipt!.token, note: typed.text('note'), sameFile: typed.all('sameFile').length > 0 }
      await api.call(addVersion, { params: { documentId }, body, ifMatch: etag })
      onDone()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <DocumentProblem problem={entry.problem} />
      <FileField receipt={receipt} onReceipt={setReceipt} error={entry.errors.token} gone={entry.errors['token.0']} />
      <TextAreaField
        label={t('console.note')}
        name="note"
        optional
        rows={2}
        maxLength={500}
        help={t('console.noteHelp')}
        error={entry.errors.note}
      />
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('console.publish')}
      </ActionButton>
    </form>
  )
}
