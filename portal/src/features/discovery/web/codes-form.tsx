import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, Notice, TextField, useLanguage, useTexts } from '#platform/web'
import { type Codes, engineIds, engines } from '../core/index.ts'
import style from './discovery-page.module.css'
import type { Save } from './discovery-page.tsx'

/** Codes by which engines see whose the portal is. What was pasted as a whole tag stands there as its code once it is saved. */
export function CodesForm({ codes, save, saved }: { codes: Codes; save: Save; saved: boolean }) {
  const t = useTexts('discovery')
  const language = useLanguage()
  const entry = useEntry(
    () => ({}),
    typed => save({ codes: Object.fromEntries(engineIds.map(id => [id, typed.text(`codes.${id}`)])) }),
  )
  return (
    <section className={style.part}>
      <h2>{t('codes.title')}</h2>
      <p className={style.help}>{t('codes.help')}</p>
      <form className={style.wide} key={JSON.stringify(codes)} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <div className={style.pairs}>
          {engineIds.map(id => (
            <TextField
              key={id}
              label={engines[id].name[language]}
              name={`codes.${id}`}
              defaultValue={codes[id] ?? ''}
              autoComplete="off"
              spellCheck={false}
              maxLength={2000}
              help={
                <a href={engines[id].at} target="_blank" rel="noreferrer">
                  {t('codes.at', { host: new URL(engines[id].at).host })}
                </a>
              }
              error={entry.errors[`codes.${id}`]}
            />
          ))}
        </div>
        {saved ? <Notice tone="good" live title={t('codes.saved')} /> : null}
        <ActionButton type="submit" disabled={entry.busy}>
          {t('save')}
        </ActionButton>
      </form>
    </section>
  )
}
