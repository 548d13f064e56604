import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { pathIn } from '#platform/core'
import { ActionButton, api, ConfirmDialog, TextField, useLanguage, useProblem, useTexts } from '#platform/web'
import { type DocumentDetail, deleteDocument, offerAgain, withdrawDocument } from '../../core/index.ts'
import style from './console.module.css'

/** Withdraws a document and offers it again; deletes it as long as nobody has it. */
export function EndDocument({ document, etag }: { document: DocumentDetail; etag: string }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, fields, attempt } = useProblem()
  const [asks, setAsks] = useState<'withdraw' | 'delete' | null>(null)
  const [reason, setReason] = useState('')
  const title = document.title[language]
  const call = { params: { documentId: document.id }, ifMatch: etag }
  const failed = <ProblemNotice problem={problem?.errors?.length ? null : problem} />
  const withdraw = async () => {
    if (await attempt(() => api.call(withdrawDocument, { ...call, body: { reason } }))) setAsks(null)
  }
  const remove = async () => {
    const gone = await attempt(() => api.call(deleteDocument, call).then(() => true))
    setAsks(null)
    if (gone) await navigate(pathIn(language, '/console/documents'))
  }
  return (
    <section className={style.card}>
      {asks === 'withdraw' ? null : failed}
      <div className={style.actions}>
        {document.withdrawn ? (
          <ActionButton size="small" onClick={() => void attempt(() => api.call(offerAgain, call))}>
            {t('console.offerAgain')}
          </ActionButton>
        ) : (
          <ActionButton size="small" onClick={() => setAsks('withdraw')}>
            {t('console.withdraw')}
          </ActionButton>
        )}
        {document.downloads === 0 ? (
          <ActionButton size="small" strength="quiet" onClick={() => setAsks('delete')}>
            {t('console.delete')}
          </ActionButton>
        ) : (
          <span className={style.muted}>{t('console.deleteNot')}</span>
        )}
      </div>
      <ConfirmDialog
        open={asks === 'withdraw'}
        title={t('console.withdrawTitle', { title })}
        action={t('console.withdraw')}
        danger
        onConfirm={() => void withdraw()}
        onClose={() => setAsks(null)}
      >
        {failed}
        <p>{t('console.withdrawHelp')}</p>
        <TextField
          label={t('console.reason')}
          help={t('console.reasonHelp')}
          required
          maxLength={200}
          value={reason}
          error={fields.reason}
          onChange={event => setReason(event.target.value)}
        />
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'delete'}
        title={t('console.deleteTitle', { title })}
        action={t('console.delete')}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsks(null)}
      >
        {t('console.deleteHelp')}
      </ConfirmDialog>
    </section>
  )
}
