import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { BilingualField } from '#features/manufacturer/web'
import { type Language, offeredLanguages } from '#platform/core'
import { ActionButton, api, type FieldMessages, LeaveGuard, Notice, PlainText, useTexts } from '#platform/web'
import { mostNotice, type NoticeDraft, saveNoticeDraft } from '../core/index.ts'
import style from './privacy.module.css'

interface NoticeFormProps {
  draft: NoticeDraft
  etag: string
  saved: boolean
  onTyped(): void
  onSaved(): Promise<void>
}

/** The draft of the notice in both languages, with a preview. */
export function NoticeForm({ draft, etag, saved, onTyped, onSaved }: NoticeFormProps) {
  const t = useTexts('privacy')
  const [typed, setTyped] = useState<Record<string, string>>({})
  const entry = useEntry(
    (fields): FieldMessages => (fields.text('text.zh-CN') || fields.text('text.en') ? {} : { 'text.zh-CN': t('notice.empty') }),
    async fields => {
      const text = { 'zh-CN': fields.text('text.zh-CN'), en: fields.text('text.en') }
      await api.call(saveNoticeDraft, { body: { text }, ifMatch: etag })
      setTyped({})
      await onSaved()
    },
  )
  const textIn = (language: Language) => typed[`text.${language}`] ?? draft.text[language]
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <BilingualField
        label={t('notice.text')}
        name="text"
        value={draft.text}
        maxLength={mostNotice}
        rows={24}
        help={t('notice.format')}
        errors={entry.errors}
        onChange={(name, text) => {
          setTyped(before => ({ ...before, [name]: text }))
          onTyped()
        }}
      />
      <details className={style.details}>
        <summary>{t('notice.preview')}</summary>
        <div className={style.previews}>
          {offeredLanguages().map(language => (
            <section className={style.preview} key={language} aria-label={t(`notice.previewOf.${language}`)}>
              <PlainText text={textIn(language)} lang={language} />
            </section>
          ))}
        </div>
      </details>
      <ProblemNotice problem={entry.problem} />
      {saved ? <Notice tone="good" live title={t('notice.saved')} /> : null}
      <div className={style.actions}>
        <ActionButton type="submit" disabled={entry.busy}>
          {t('notice.save')}
        </ActionButton>
      </div>
      <LeaveGuard changed={Object.keys(typed).length > 0} />
    </form>
  )
}
