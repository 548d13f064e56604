import { type DragEvent, useRef, useState } from 'react'
import { api, LocaleLink, Notice, newIdempotencyKey, useLanguage, useProblem, useTexts } from '#platform/web'
import { importModel, type ManagedProduct } from '../core/index.ts'
import style from './import-model.module.css'
import { contentOf } from './model-file.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { TemplateLinks } from './workbook-links.tsx'

/** The way in for model files: chosen, or dropped here. What is wrong in a file stands below it. */
export function ImportModel({ onImported }: { onImported(): void }) {
  const t = useTexts('products')
  const language = useLanguage()
  const input = useRef<HTMLInputElement>(null)
  const { problem, attempt } = useProblem()
  const [reading, setReading] = useState('')
  const [over, setOver] = useState(false)
  const [done, setDone] = useState<ManagedProduct | null>(null)

  const read = async (file: File | undefined) => {
    if (!file || reading) return
    setReading(file.name)
    setDone(null)
    const content = await contentOf(file)
    const product = await attempt(() =>
      api.call(importModel, { body: { fileName: file.name, ...content, publish: true }, idempotencyKey: newIdempotencyKey() }),
    )
    setReading('')
    if (input.current) input.current.value = ''
    if (!product) return
    setDone(product)
    onImported()
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a short cut; the field inside is for everybody
    <section
      className={`${style.zone} ${over ? style.over : ''}`}
      onDragOver={event => drag(event, true)}
      onDragLeave={event => drag(event, false)}
      onDrop={event => {
        drag(event, false)
        void read(event.dataTransfer.files[0])
      }}
    >
      <label className={style.choose}>
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          accept=".xlsx,.xlsm,.json,.uvl,.xml,.dimacs,.cnf"
          disabled={reading !== ''}
          onChange={event => void read(event.target.files?.[0])}
        />
        {t('console.import')}
      </label>
      <p className={style.help}>{t('console.importHelp')}</p>
      <TemplateLinks />
      <div className={style.outcome} aria-live="polite">
        {reading ? <p>{t('console.reading', { name: reading })}</p> : null}
        {problem ? <ProblemNotice problem={problem} /> : null}
        {done ? (
          <Notice tone="good" title={t('console.imported', { name: done.name[language], version: done.version })}>
            <LocaleLink to={`/configure/${done.slug}`}>{t('console.configure')}</LocaleLink>
          </Notice>
        ) : null}
      </div>
    </section>
  )
}
