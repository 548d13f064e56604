import { type ChangeEvent, useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, type FieldMessages, Notice, TextAreaField, TextField, useProblem, useTexts } from '#platform/web'
import { addRootFile, type Discovery, mostFileContent, removeRootFile } from '../core/index.ts'
import style from './discovery-page.module.css'

type RootFile = Discovery['files'][number]

interface Props {
  files: readonly RootFile[]
  origin: string
  onChanged(): Promise<void>
}

/** Files at the root of the site: chosen, or written by name and content. One that was removed can be put back. */
export function RootFiles({ files, origin, onChanged }: Props) {
  const t = useTexts('discovery')
  const { problem, attempt } = useProblem()
  const [done, setDone] = useState<{ said: string; undo?: RootFile } | null>(null)
  const remove = async (file: RootFile) => {
    setDone(null)
    const removed = await attempt(() => api.call(removeRootFile, { params: { name: file.name } }).then(() => true))
    await onChanged()
    if (removed) setDone({ said: t('files.removed', { name: file.name }), undo: file })
  }
  const restore = async ({ name, content }: RootFile) => {
    const back = await attempt(() => api.call(addRootFile, { body: { name, content } }).then(() => true))
    await onChanged()
    if (back) setDone(null)
  }
  return (
    <section className={style.part}>
      <h2>{t('files.title')}</h2>
      <p className={style.help}>{t('files.help')}</p>
      {done ? (
        <Notice tone="good" live title={done.said}>
          {done.undo ? (
            <ActionButton size="small" strength="quiet" onClick={() => void restore(done.undo!)}>
              {t('files.undo')}
            </ActionButton>
          ) : null}
        </Notice>
      ) : null}
      <ProblemNotice problem={problem} />
      {files.length === 0 ? <p>{t('files.none')}</p> : null}
      <ul className={style.list}>
        {files.map(file => (
          <li key={file.name}>
            <a href={`/${file.name}`} target="_blank" rel="noreferrer">
              {file.name}
            </a>
            <ActionButton size="small" aria-label={t('files.removeOf', { name: file.name })} onClick={() => void remove(file)}>
              {t('files.remove')}
            </ActionButton>
          </li>
        ))}
      </ul>
      <AddRootFile
        onAdded={async name => {
          await onChanged()
          setDone({ said: t('files.added', { address: `${origin}/${name}` }) })
        }}
      />
    </section>
  )
}

function AddRootFile({ onAdded }: { onAdded(name: string): Promise<void> }) {
  const t = useTexts('discovery')
  const [typed, setTyped] = useState({ name: '', content: '' })
  const [tooLarge, setTooLarge] = useState(false)
  const entry = useEntry(
    (): FieldMessages => ({
      ...(typed.name.trim() ? {} : { name: t('files.nameMissing') }),
      ...(typed.content.trim() ? {} : { content: t('files.contentMissing') }),
    }),
    async () => {
      const name = typed.name.trim()
      await api.call(addRootFile, { body: { name, content: typed.content } })
      setTyped({ name: '', content: '' })
      await onAdded(name)
    },
  )
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    setTooLarge(file !== undefined && file.size > mostFileContent)
    if (file && file.size <= mostFileContent) setTyped({ name: file.name, content: await file.text() })
    target.value = ''
  }
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <label className={style.file}>
        {t('files.choose')}
        <input type="file" accept=".txt,.html,.xml" onChange={event => void choose(event)} />
      </label>
      {tooLarge ? <Notice tone="bad" live title={t('files.tooLarge', { most: mostFileContent })} /> : null}
      <p className={style.help}>{t('files.orPaste')}</p>
      <ProblemNotice problem={entry.problem} />
      <TextField
        label={t('files.name')}
        name="name"
        value={typed.name}
        onChange={event => setTyped({ ...typed, name: event.target.value })}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        error={entry.errors.name}
      />
      <TextAreaField
        label={t('files.content')}
        name="content"
        value={typed.content}
        onChange={event => setTyped({ ...typed, content: event.target.value })}
        rows={2}
        spellCheck={false}
        maxLength={mostFileContent}
        error={entry.errors.content}
      />
      <ActionButton type="submit" disabled={entry.busy}>
        {t('files.add')}
      </ActionButton>
    </form>
  )
}
