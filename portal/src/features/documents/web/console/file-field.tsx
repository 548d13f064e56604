import { useEffect, useRef, useState } from 'react'
import { acceptedExtensions, acceptedNames, type CallResult, formatBytes, ProblemError } from '#platform/core'
import { api, Field, useLanguage, useTexts } from '#platform/web'
import { documentLimits, uploadDocumentFile } from '../../core/index.ts'
import style from './console.module.css'

export type Receipt = CallResult<typeof uploadDocumentFile>

interface FileFieldProps {
  receipt: Receipt | null
  onReceipt(receipt: Receipt | null): void
  /** what keeps the form from being sent */
  error?: string | undefined
  /** what was uploaded is there no more */
  gone?: string | undefined
}

/** The file of a document or version: sent as soon as it is chosen, with how far it is. */
export function FileField({ receipt, onReceipt, error, gone }: FileFieldProps) {
  const t = useTexts('documents')
  const language = useLanguage()
  const [sending, setSending] = useState<{ sent: number; size: number } | null>(null)
  const [refused, setRefused] = useState<string>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  useEffect(() => {
    if (gone) onReceipt(null)
  }, [gone, onReceipt])
  const size = formatBytes(documentLimits.bytes, language)

  async function send(file: File) {
    running.current?.abort()
    const cancel = new AbortController()
    running.current = cancel
    onReceipt(null)
    const wrong =
      file.size === 0
        ? t('console.fileEmpty')
        : file.size > documentLimits.bytes
          ? t('console.fileTooLarge', { size })
          : undefined
    setRefused(wrong)
    if (wrong) return setSending(null)
    setSending({ sent: 0, size: file.size })
    const onProgress = (sent: number) => setSending({ sent: Math.min(sent, file.size), size: file.size })
    try {
      onReceipt(
        await api.call(uploadDocumentFile, { body: { name: file.name, content: file, signal: cancel.signal, onProgress } }),
      )
    } catch (thrown) {
      if (cancel.signal.aborted) return
      if (!(thrown instanceof ProblemError)) throw thrown
      setRefused([thrown.problem.detail, thrown.problem.remedy].filter(Boolean).join(' '))
    }
    if (running.current === cancel) setSending(null)
  }
  const said = sending
    ? sending.sent < sending.size
      ? t('console.sending', { sent: formatBytes(sending.sent, language), size: formatBytes(sending.size, language) })
      : t('console.checking')
    : receipt
      ? t('console.sent', { name: receipt.name, size: formatBytes(receipt.bytes, language) })
      : ''
  const missing = receipt ? undefined : (error ?? gone)
  return (
    <div className={style.file}>
      <Field
        label={t('console.file')}
        help={`${t('console.fileHelp', { size })} ${acceptedNames}`}
        error={refused ?? (missing && sending ? t('console.fileOnItsWay') : missing)}
        required
      >
        {control => (
          <input
            {...control}
            type="file"
            accept={acceptedExtensions}
            onChange={event => {
              const [file] = event.target.files ?? []
              if (file) void send(file)
            }}
          />
        )}
      </Field>
      {sending ? <progress max={sending.size} value={sending.sent} aria-label={t('console.file')} /> : null}
      <p role="status">{said}</p>
    </div>
  )
}
