import { useState } from 'react'
import { formatUnit } from '#platform/core'
import { ActionButton, saveFile, useLanguage, useTexts } from '#platform/web'
import { type Measured, readingsCsv } from '../core/index.ts'
import type { Span } from './span.ts'
import type { ReadHistory } from './use-history.ts'

interface Props {
  metrics: readonly Measured[]
  span: Span
  read: ReadHistory
}

/** Saves what the charts show as a file, read by the same way as they are: nobody gets more than he sees. */
export function SaveReadings({ metrics, span, read }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const [state, setState] = useState<'ready' | 'reading' | 'failed'>('ready')
  const save = async () => {
    setState('reading')
    try {
      const histories = await Promise.all(metrics.map(({ key }) => read(key, span)))
      const columns = metrics.map(({ name, unit, decimals }, index) => ({
        title: [name[language], unit && `(${formatUnit(unit, language)})`].filter(Boolean).join(' '),
        ...{ decimals, history: histories[index]! },
      }))
      const words = { at: t('time'), min: t('minimum'), mean: t('mean'), max: t('maximum') }
      const day = new Date(span.from).toISOString().slice(0, 10)
      saveFile(`${t('fileName')}-${day}.csv`, new Blob([mark, readingsCsv(columns, words)], { type: 'text/csv' }))
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      <ActionButton size="small" onClick={save} disabled={state === 'reading'}>
        {t('save')}
      </ActionButton>
      {state === 'failed' ? <small role="alert">{t('failed')}</small> : null}
    </>
  )
}

/** By which table calculations know the file as UTF-8. */
const mark = '\ufeff'
