import { useState } from 'react'
import { ActionButton, api, Notice, TextAreaField, useProblem, useTexts } from '#platform/web'
import { checkRedirects, importRedirects } from '../core/index.ts'
import style from './import-redirects.module.css'

/** A list is pasted or chosen, checked, and then kept. */
export function ImportRedirects({ onDone }: { onDone(outcome: string): void }) {
  const t = useTexts('redirects')
  const { problem, attempt, clear } = useProblem()
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const change = (next: string) => {
    setText(next)
    setChecked(null)
    clear()
  }
  const send = async (trial: boolean) => {
    setBusy(true)
    const outcome = await attempt(() => api.call(trial ? checkRedirects : importRedirects, { body: { text } }))
    setBusy(false)
    if (!outcome) return setChecked(null)
    const { added, changed, same } = outcome
    const said = added + changed + same === 0 ? t('nothing') : t('outcome', { added, changed, same })
    if (trial) setChecked(said)
    else onDone(said)
  }
  return (
    <form
      className={style.form}
      onSubmit={event => {
        event.preventDefault()
        void send(checked === null)
      }}
    >
      <TextAreaField
        label={t('list')}
        help={t('listHelp')}
        rows={10}
        spellCheck={false}
        value={text}
        onChange={event => change(event.target.value)}
      />
      <label className={style.file}>
        {t('file')}
        <input
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={event => {
            const [file] = event.target.files ?? []
            if (file) void file.text().then(change)
          }}
        />
      </label>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          <ul>
            {(problem.errors ?? []).map(error => (
              <li key={error.field}>
                <strong>{t('line', { line: error.field.split('/').at(-1) })}</strong> <code>{error.value}</code> {error.message}{' '}
                {error.remedy}
              </li>
            ))}
          </ul>
          {(problem.errors?.length ?? 0) === 0 ? problem.remedy : null}
        </Notice>
      ) : null}
      {checked ? <Notice tone="good" live title={checked} /> : null}
      <ActionButton type="submit" strength="primary" disabled={busy || text.trim() === ''}>
        {t(checked === null ? 'check' : 'import')}
      </ActionButton>
    </form>
  )
}
