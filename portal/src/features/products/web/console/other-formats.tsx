import type { ModelError } from '@fettle/engine'
import type { ExportFormat } from '@fettle/engine/formats'
import { useState } from 'react'
import { ActionButton, api, BottomSheet, saveFile, useProblem, useTexts } from '#platform/web'
import { getVersionModel } from '../../core/index.ts'
import style from './console-product-page.module.css'
import { PlaceList } from './findings.tsx'
import { ProblemNotice } from './problem-notice.tsx'

/** Formats of other tools, with their names and the endings of their files. */
const formats: { format: ExportFormat; name: string; ending: string }[] = [
  { format: 'uvl', name: 'UVL', ending: 'uvl' },
  { format: 'featureide', name: 'FeatureIDE', ending: 'xml' },
  { format: 'dimacs', name: 'DIMACS', ending: 'dimacs' },
  { format: 'coom', name: 'COOM', ending: 'coom' },
]

/** The model of a version for other tools: written by the browser, which then tells what the format could not express. */
export function OtherFormats({ productId, modelVersionId, name }: { productId: string; modelVersionId: string; name: string }) {
  const t = useTexts('products')
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<{ said: string; places: ModelError[] } | null>(null)
  const { problem, attempt } = useProblem()

  const save = async ({ format, ending }: (typeof formats)[number]) => {
    setBusy(true)
    setResult(null)
    await attempt(async () => {
      const { exportModel } = await import('@fettle/engine/formats')
      const written = exportModel(await api.call(getVersionModel, { params: { productId, modelVersionId } }), format)
      const file = `${name}.${ending}`
      if (!written.ok) return setResult({ said: t('console.otherFormats.refused', { file }), places: written.errors })
      saveFile(file, new Blob([written.text], { type: 'text/plain;charset=utf-8' }))
      const count = written.notes.length
      const said = count === 0 ? t('console.otherFormats.whole', { file }) : t('console.otherFormats.notes', { file, count })
      setResult({ said, places: written.notes })
    })
    setBusy(false)
  }

  return (
    <>
      <ActionButton size="small" strength="quiet" onClick={() => setOpen(true)}>
        {t('console.otherFormats.open')}
      </ActionButton>
      <BottomSheet open={open} title={t('console.otherFormats.title')} onClose={() => setOpen(false)}>
        <p>{t('console.otherFormats.help')}</p>
        <div className={style.actions}>
          {formats.map(one => (
            <ActionButton key={one.format} size="small" disabled={busy} onClick={() => save(one)}>
              {one.name}
            </ActionButton>
          ))}
        </div>
        {problem ? <ProblemNotice problem={problem} /> : null}
        {result ? (
          <div className={style.written} role="status">
            <p>{result.said}</p>
            <PlaceList places={result.places} />
          </div>
        ) : null}
      </BottomSheet>
    </>
  )
}
