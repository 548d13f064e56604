import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { BilingualField } from '#features/manufacturer/web'
import type { LocalizedText } from '#platform/core'
import { ActionButton, api, ConfirmDialog, type FieldMessages, useProblem, useTexts } from '#platform/web'
import { mostChange, type NoticeDraft, publishNotice } from '../core/index.ts'
import style from './privacy.module.css'

const nothing: LocalizedText = { 'zh-CN': '', en: '' }

interface PublishFormProps {
  draft: NoticeDraft
  etag: string
  /** the draft is not what stands in its form */
  blocked: boolean
  onPublished(): Promise<void>
}

/** What is new, and one click more: a version that is published stays for good. */
export function PublishForm({ draft, etag, blocked, onPublished }: PublishFormProps) {
  const t = useTexts('privacy')
  const [change, setChange] = useState<LocalizedText | null>(null)
  const first = draft.current.version === 0
  const version = draft.current.version + 1
  const entry = useEntry(
    (typed): FieldMessages =>
      first || typed.text('change.zh-CN') || typed.text('change.en') ? {} : { 'change.zh-CN': t('notice.changeMissing') },
    async typed => setChange({ 'zh-CN': typed.text('change.zh-CN'), en: typed.text('change.en') }),
  )
  const { problem, fields, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const publish = async (said: LocalizedText) => {
    setBusy(true)
    const done = await attempt(() => api.call(publishNotice, { body: { change: said }, ifMatch: etag }))
    setBusy(false)
    setChange(null)
    if (done) await onPublished()
  }
  if (!first && !draft.changed && !blocked)
    return <p className={style.muted}>{t('notice.nothingNew', { version: draft.current.version })}</p>
  return (
    <section className={style.section}>
      <h2>{t('notice.publishTitle')}</h2>
      <form key={version} className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <BilingualField
          label={t('notice.change')}
          name="change"
          value={nothing}
          maxLength={mostChange}
          help={t('notice.changeHelp')}
          errors={{ ...fields, ...entry.errors }}
        />
        <ProblemNotice problem={problem?.errors?.length ? null : problem} />
        {blocked ? <p className={style.muted}>{t('notice.saveFirst')}</p> : null}
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={blocked || busy}>
            {t('notice.publish', { version })}
          </ActionButton>
        </div>
      </form>
      <ConfirmDialog
        open={change !== null}
        title={t('notice.publish', { version })}
        action={t('notice.publish', { version })}
        busy={busy}
        onConfirm={() => void (change && publish(change))}
        onClose={() => setChange(null)}
      >
        <p>{t('notice.confirm', { version })}</p>
      </ConfirmDialog>
    </section>
  )
}
