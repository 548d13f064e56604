import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { formatBytes } from '#platform/core'
import {
  ActionButton,
  ActionFile,
  acceptedPictures,
  api,
  type FieldMessages,
  Notice,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { mostPictureBytes, nothing, type PictureFacts, type PictureValue, uploadPicture } from '../../core/index.ts'
import { pictureSource } from '../shown-picture.tsx'
import { BilingualText } from './bilingual-text.tsx'
import style from './editor.module.css'

interface PictureFieldProps {
  label: string
  at: string
  value: PictureValue | null
  pictures: Record<string, PictureFacts>
  errors: FieldMessages
  onChange(change: (before: PictureValue | null) => PictureValue | null): void
  onUploaded(id: string, facts: PictureFacts): void
}

/** A picture, what it shows in words, and the way to another. */
export function PictureField({ label, at, value, pictures, errors, onChange, onUploaded }: PictureFieldProps) {
  const t = useTexts('content')
  const language = useLanguage()
  const { problem, attempt, clear } = useProblem()
  const [busy, setBusy] = useState(false)
  const [tooLarge, setTooLarge] = useState<number | null>(null)
  const facts = value ? pictures[value.id] : undefined
  const upload = async (file: File) => {
    clear()
    setTooLarge(file.size > mostPictureBytes ? file.size : null)
    if (file.size > mostPictureBytes) return
    setBusy(true)
    const kept = await attempt(() => api.call(uploadPicture, { body: { name: file.name, content: file } }))
    setBusy(false)
    if (!kept) return
    const { id: pictureId, ...picture } = kept
    onUploaded(pictureId, picture)
    onChange(before => ({ id: pictureId, alt: before?.alt ?? nothing }))
  }
  return (
    <fieldset className={style.picture}>
      <legend>{label}</legend>
      {value && facts ? (
        <img
          src={pictureSource(facts.hash, facts.widths[0]!)}
          width={facts.width}
          height={facts.height}
          alt={value.alt[language]}
        />
      ) : null}
      {value && !facts ? <Notice tone="warn" title={t('console.picture.gone')} /> : null}
      {tooLarge === null ? null : (
        <Notice tone="bad" live title={t('console.picture.tooLarge', { size: formatBytes(tooLarge, language) })} />
      )}
      <ProblemNotice problem={problem} />
      <div className={style.row}>
        <ActionFile
          size="small"
          accept={acceptedPictures}
          disabled={busy}
          aria-invalid={errors[at] && !value ? true : undefined}
          onFile={file => void upload(file)}
        >
          {t(busy ? 'console.picture.uploading' : value ? 'console.picture.replace' : 'console.picture.upload')}
        </ActionFile>
        {value ? (
          <ActionButton size="small" strength="quiet" disabled={busy} onClick={() => onChange(() => null)}>
            {t('console.picture.remove')}
          </ActionButton>
        ) : (
          <span className={style.help}>{t('console.picture.help')}</span>
        )}
      </div>
      {errors[at] && !value ? <p className={style.error}>{errors[at]}</p> : null}
      {value ? (
        <BilingualText
          label={t('console.picture.alt')}
          help={t('console.picture.altHelp')}
          at={`${at}.alt`}
          value={value.alt}
          most={200}
          errors={errors[at] ? { ...errors, [`${at}.alt`]: errors[at] } : errors}
          onChange={alt => onChange(() => ({ ...value, alt }))}
        />
      ) : null}
    </fieldset>
  )
}
