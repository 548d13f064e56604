import { type DragEvent, useRef, useState } from 'react'
import { useProblem, useTexts } from '#platform/web'
import style from './import-model.module.css'
import { HowFar, useImportProgress } from './import-progress.tsx'
import { contentOf, type FileContent } from './model-file.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { TemplateLinks } from './workbook-links.tsx'

interface ImportModelProps<Imported> {
  label: string
  help: string
  send(file: { fileName: string; progressId: string } & FileContent): Promise<Imported>
  onImported(imported: Imported): void
}

/** The way in for model files: chosen, or dropped here. What is wrong in a file stands below it. */
export function ImportModel<Imported>({ label, help, send, onImported }: ImportModelProps<Imported>) {
  const t = useTexts('products')
  const input = useRef<HTMLInputElement>(null)
  const { problem, attempt } = useProblem()
  const [reading, setReading] = useState('')
  const { progress, begin, end } = useImportProgress()
  const [over, setOver] = useState(false)

  const read = async (file: File | undefined) => {
    if (!file || reading) return
    setReading(file.name)
    const progressId = begin()
    const imported = await attempt(async () => send({ fileName: file.name, progressId, ...(await contentOf(file)) }))
    end()
    setReading('')
    if (input.current) input.current.value = ''
    if (imported) onImported(imported)
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
          accept=".xlsx,.xlsm,.json,.uvl,.xml,.dimacs,.cnf,.coom"
          disabled={reading !== ''}
          onChange={event => void read(event.target.files?.[0])}
        />
        {label}
      </label>
      <p className={style.help}>{help}</p>
      <TemplateLinks />
      <div className={style.outcome} aria-live="polite">
        {reading ? <p>{t('console.reading', { name: reading })}</p> : null}
        {problem ? <ProblemNotice problem={problem} /> : null}
      </div>
      {reading && progress ? <HowFar progress={progress} /> : null}
    </section>
  )
}
