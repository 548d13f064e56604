import { type DragEvent, useState } from 'react'
import { formatBytes } from '#platform/core'
import { ActionButton, ActionFile, Notice, useLanguage, useTexts } from '#platform/web'
import { largeExample, type ModelFile } from '../core/index.ts'
import style from './explorer.module.css'

/** Bytes; a model of 16 million characters, which is the most that is read, has no more. */
const mostBytes = 64 * 1024 * 1024

const examples = [
  {
    key: 'pump',
    name: 'pumping-station.uvl',
    text: async () => (await import('./examples/pumping-station.uvl?raw')).default,
  },
  { key: 'bookcase', name: 'bookcase.coom', text: async () => (await import('./examples/bookcase.coom?raw')).default },
  { key: 'large', name: 'plant.uvl', text: async () => largeExample() },
] as const

/** Where a file is dropped or chosen, or an example taken. */
export function OpenFile({ onFile }: { onFile(file: ModelFile): void }) {
  const t = useTexts('explorer')
  const language = useLanguage()
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<number | null>(null)

  const take = async (file: File) => {
    setTooLarge(file.size > mostBytes ? file.size : null)
    if (file.size <= mostBytes) onFile({ name: file.name, text: await file.text() })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) void take(file)
  }

  return (
    <section
      className={style.drop}
      data-over={over || undefined}
      aria-label={t('open.drop')}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className={style.dropTitle}>{t('open.drop')}</p>
      <p className={style.faint}>{t('open.formats')}</p>
      <ActionFile
        strength="primary"
        accept=".uvl,.xml,.dimacs,.cnf,.coom,.json"
        onFile={file => {
          void take(file)
        }}
      >
        {t('open.choose')}
      </ActionFile>
      {tooLarge === null ? null : (
        <Notice tone="bad" live>
          {t('open.tooLarge', { size: formatBytes(tooLarge, language), most: formatBytes(mostBytes, language) })}
        </Notice>
      )}
      <div className={style.examples}>
        <span className={style.faint}>{t('open.examples')}</span>
        {examples.map(({ key, name, text }) => (
          <ActionButton size="small" key={key} onClick={async () => onFile({ name, text: await text() })}>
            {t(`open.${key}`)}
          </ActionButton>
        ))}
      </div>
    </section>
  )
}
