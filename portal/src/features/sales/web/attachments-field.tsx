import { useEffect, useId, useRef, useState } from 'react'
import { acceptedExtensions, acceptedNames, formatBytes } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { attachmentLimits } from '../core/index.ts'
import style from './attachments-field.module.css'
import type { Upload, Uploads } from './use-uploads.ts'

interface AttachmentsFieldProps {
  uploads: Uploads
  /** what the server said of each upload that has arrived, in their order */
  complaints: (string | undefined)[]
  /** what keeps the form from being sent */
  error?: string | undefined
}

/** Drawings, documents and photos for the form: chosen, or dropped anywhere while the form is open. */
export function AttachmentsField({ uploads, complaints, error }: AttachmentsFieldProps) {
  const t = useTexts('sales')
  const words = useTexts('platform')
  const language = useLanguage()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [homeless, setHomeless] = useState(0)
  const add = (files: Iterable<File>) => setHomeless(uploads.add([...files]))
  const over = useDrop(add)
  const arrived = uploads.list.filter(({ status }) => status === 'done')
  return (
    <fieldset className={style.field}>
      <legend className={style.label}>
        {t('attachments.title')} <span className={style.mark}>{words('form.optional')}</span>
      </legend>
      <div className={`${style.zone} ${over ? style.over : ''}`}>
        <label className={style.choose}>
          <input
            ref={input}
            className="visually-hidden"
            type="file"
            multiple
            accept={acceptedExtensions}
            aria-describedby={`${id}-help`}
            onChange={event => {
              add(event.target.files ?? [])
              event.target.value = ''
            }}
          />
          {t('attachments.choose')}
        </label>
        <p className={style.help} id={`${id}-help`}>
          {t('attachments.help', {
            count: attachmentLimits.files,
            size: formatBytes(attachmentLimits.bytes, language),
          })}
          <span className={style.kinds}>{acceptedNames}</span>
        </p>
      </div>
      {homeless > 0 ? (
        <p className={style.error} role="alert">
          {t('attachments.tooMany', { count: attachmentLimits.files })}
        </p>
      ) : null}
      {uploads.list.length > 0 ? (
        <ul className={style.list}>
          {uploads.list.map(upload => (
            <UploadRow
              key={upload.key}
              upload={upload}
              complaint={complaints[arrived.indexOf(upload)]}
              onRetry={() => uploads.retry(upload.key)}
              onRemove={() => {
                setHomeless(0)
                uploads.remove(upload.key)
                input.current?.focus()
              }}
            />
          ))}
        </ul>
      ) : null}
      <p className="visually-hidden" role="status">
        {uploads.list.length > 0 ? t('attachments.arrived', { done: arrived.length, all: uploads.list.length }) : ''}
      </p>
      {error ? (
        <p className={style.error} role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

interface RowProps {
  upload: Upload
  complaint: string | undefined
  onRetry(): void
  onRemove(): void
}

function UploadRow({ upload, complaint, onRetry, onRemove }: RowProps) {
  const t = useTexts('sales')
  const language = useLanguage()
  const { name, bytes, status } = upload
  const size = formatBytes(bytes, language)
  return (
    <li className={style.row}>
      <span className={style.name}>{name}</span>
      <span className={style.size}>
        {status === 'uploading'
          ? t('attachments.sent', { sent: formatBytes(Math.min(upload.sent, bytes), language), size })
          : size}
      </span>
      <span className={style.actions}>
        {status === 'failed' && upload.reason === 'lost' ? (
          <button type="button" onClick={onRetry} aria-label={`${t('attachments.retry')}: ${name}`}>
            {t('attachments.retry')}
          </button>
        ) : null}
        <button
          type="button"
          onClick={onRemove}
          aria-label={`${t(status === 'uploading' ? 'attachments.cancel' : 'attachments.remove')}: ${name}`}
        >
          {t(status === 'uploading' ? 'attachments.cancel' : 'attachments.remove')}
        </button>
      </span>
      {status === 'uploading' ? (
        <progress className={style.progress} max={bytes} value={upload.sent} aria-label={t('attachments.progress', { name })} />
      ) : null}
      {status === 'failed' || complaint ? (
        <p className={style.error} role="alert">
          {status !== 'failed'
            ? complaint
            : upload.reason === 'too-large'
              ? t('attachments.tooLarge', { size: formatBytes(attachmentLimits.bytes, language) })
              : [upload.message, upload.remedy].filter(Boolean).join(' ')}
        </p>
      ) : null}
    </li>
  )
}

/** Whether files are being dragged over the page; what is dropped anywhere is taken, since a browser would leave the page for it. */
function useDrop(take: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const listening = new AbortController()
    const on = (name: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(name, handle, { signal: listening.signal })
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    on('dragover', event => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(true)
    })
    on('dragleave', event => {
      if (event.relatedTarget === null) setOver(false)
    })
    on('drop', event => {
      setOver(false)
      if (!carriesFiles(event)) return
      event.preventDefault()
      latest.current(event.dataTransfer?.files ?? [])
    })
    return () => listening.abort()
  }, [])
  return over
}
