import { useRef, useState } from 'react'
import { formatNumber } from '#platform/core'
import { newIdempotencyKey, useLanguage, useLive, useTexts } from '#platform/web'
import { type ImportProgress, importsTopic, readProgressMessage } from '../../core/import-progress.ts'
import { sheetTitles } from '../../core/workbook/sheet-titles.ts'
import style from './import-model.module.css'

/** How far the file is that was begun last; null while nothing was heard of it. */
export function useImportProgress() {
  const [progress, setProgress] = useState<ImportProgress | null>(null)
  const current = useRef<string | null>(null)
  useLive(importsTopic, message => {
    const heard = readProgressMessage(current.current, message)
    if (heard) setProgress(heard)
  })
  return {
    progress,
    /** the id to send with the file */
    begin(): string {
      current.current = newIdempotencyKey()
      return current.current
    },
    end() {
      current.current = null
      setProgress(null)
    },
  }
}

/** A bar and a line below it. Not read aloud: it changes several times a second. */
export function HowFar({ progress }: { progress: ImportProgress }) {
  const t = useTexts('products')
  const language = useLanguage()
  const label =
    progress.step === 'reading'
      ? t('console.progress.reading', {
          sheet: sheetTitles[progress.sheet][language],
          row: formatNumber(progress.row, language),
          rows: formatNumber(progress.rows, language),
        })
      : t(`console.progress.${progress.step}`)
  return (
    <div className={style.progress}>
      <progress aria-label={label} {...(progress.step === 'reading' && { max: progress.rows, value: progress.row })} />
      <p className={style.help}>{label}</p>
    </div>
  )
}
