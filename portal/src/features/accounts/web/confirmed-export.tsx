import { type FormEvent, useId, useState } from 'react'
import { type Answer, formatNumber } from '#platform/core'
import {
  ActionButton,
  BottomSheet,
  Choice,
  ChoiceGroup,
  Notice,
  useExport,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import style from './confirmed-export.module.css'
import { ProblemNotice } from './fields.tsx'
import { useConfirmed } from './use-confirmed.tsx'

interface Props<Format extends string> {
  title: string
  /** what will be in the file */
  help: string
  formats: readonly { value: Format; label: string; help: string }[]
  /** live topic that tells how far the file is */
  topic: string
  /** there is nothing to export */
  empty: boolean
  fetchFile(format: Format, token: { confirmation?: string }): Promise<Answer>
}

/** A button that takes a table out of the house: asks for the form, for a second confirmation, and shows how far the file is. */
export function ConfirmedExport<Format extends string>({ title, help, formats, topic, empty, fetchFile }: Props<Format>) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const [saved, setSaved] = useState<number | null>(null)
  const { problem, attempt, clear } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const { progress, save } = useExport(topic)
  const label = useId()
  const begin = () => {
    clear()
    setSaved(null)
    setOpen(true)
  }
  const close = () => {
    clear()
    setOpen(false)
  }
  async function take(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const format = new FormData(event.currentTarget).get('format') as Format
    setOpen(false) // the confirmation takes its place
    await attempt(async () => {
      const answer = await confirmed(token => fetchFile(format, token))
      if (!answer) return
      setOpen(true)
      setSaved(await save(answer))
    })
  }
  return (
    <>
      <ActionButton onClick={begin} disabled={empty || progress !== null}>
        {t('export.open')}
      </ActionButton>
      <BottomSheet open={open || problem !== null} title={title} onClose={close}>
        {progress ? (
          <div className={style.stack} aria-live="polite">
            <p id={label}>
              {t('export.progress', { done: formatNumber(progress.done, language), rows: formatNumber(progress.rows, language) })}
            </p>
            <progress className={style.progress} aria-labelledby={label} max={Math.max(progress.rows, 1)} value={progress.done} />
            <p className={style.help}>{t('export.stay')}</p>
          </div>
        ) : saved !== null ? (
          <Notice tone="good" live title={t('export.saved', { count: saved, number: formatNumber(saved, language) })}>
            <p>{t('export.savedHelp')}</p>
          </Notice>
        ) : (
          <form className={style.stack} onSubmit={take}>
            <ProblemNotice problem={problem} />
            <p>{help}</p>
            <ChoiceGroup title={t('export.format')}>
              {formats.map(({ value, ...words }, n) => (
                <Choice key={value} type="radio" name="format" value={value} defaultChecked={n === 0} {...words} />
              ))}
            </ChoiceGroup>
            <p className={style.help}>{t('export.logged')}</p>
            <ActionButton type="submit" strength="primary" block>
              {t('export.submit')}
            </ActionButton>
          </form>
        )}
      </BottomSheet>
      {dialog}
    </>
  )
}
