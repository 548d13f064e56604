import { ProblemNotice } from '#features/accounts/web'
import type { LocalizedText } from '#platform/core'
import { ActionButton, LeaveGuard, Notice, TextField, useTexts } from '#platform/web'
import { pathOf } from '../../core/index.ts'
import { BilingualText } from './bilingual-text.tsx'
import { BlockList } from './block-list.tsx'
import style from './editor.module.css'
import { PictureField } from './picture-field.tsx'
import type { EditedPage } from './use-edited-page.ts'

interface PageEditorProps {
  edited: EditedPage
  products: readonly { slug: string; name: LocalizedText }[]
  onPublish(): void
}

/** What a page says of itself, its blocks, and what to do with them. */
export function PageEditor({ edited, products, onPublish }: PageEditorProps) {
  const t = useTexts('content')
  const { page, document, pictures, errors, edit, changed, busy } = edited
  const tools = { pictures, errors, products, onUploaded: edited.keepPicture }
  return (
    <form
      className={style.main}
      method="post"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void edited.save()
      }}
    >
      <section className={style.basics}>
        <h2>{t('console.edit.basics')}</h2>
        <p className={style.help}>{t('console.edit.oneLanguage')}</p>
        <BilingualText
          label={t('console.edit.title')}
          at="title"
          value={document.title}
          most={120}
          errors={errors}
          onChange={title => edit(() => ({ title }))}
        />
        {page.kind === 'home' ? null : (
          <div className={style.pair}>
            <TextField
              label={t('console.create.slug')}
              help={pathOf(page.kind, document.slug)}
              name="slug"
              value={document.slug}
              maxLength={60}
              spellCheck={false}
              autoComplete="off"
              error={errors.slug}
              onChange={({ target }) => edit(() => ({ slug: target.value }))}
            />
            {page.kind === 'news' ? (
              <TextField
                label={t('console.edit.day')}
                name="day"
                type="date"
                value={document.day}
                error={errors.day}
                onChange={({ target }) => edit(() => ({ day: target.value }))}
              />
            ) : null}
          </div>
        )}
        <BilingualText
          label={t('console.edit.summary')}
          help={t('console.edit.summaryHelp')}
          at="summary"
          value={document.summary}
          most={300}
          rows={3}
          errors={errors}
          onChange={summary => edit(() => ({ summary }))}
        />
        <PictureField
          label={t('console.edit.picture')}
          at="picture"
          value={document.picture}
          {...tools}
          onChange={change => edit(({ picture }) => ({ picture: change(picture) }))}
        />
      </section>
      <BlockList blocks={document.blocks} {...tools} onChange={change => edit(({ blocks }) => ({ blocks: change(blocks) }))} />
      <Trouble edited={edited} />
      <div className={style.bar}>
        <span className={style.help}>{changed ? t('console.edit.unsaved') : null}</span>
        <ActionButton type="submit" disabled={busy || !changed}>
          {t('console.edit.save')}
        </ActionButton>
        <ActionButton strength="primary" disabled={busy} onClick={onPublish}>
          {t('console.edit.publish')}
        </ActionButton>
      </div>
      <LeaveGuard changed={changed} />
    </form>
  )
}

/** What was done, or why it was not. */
function Trouble({ edited: { problem, said, takeTheirs, keepMine } }: { edited: EditedPage }) {
  const t = useTexts('content')
  if (problem?.status === 412)
    return (
      <Notice tone="warn" live title={t('console.conflict.title')}>
        <p>{t('console.conflict.help')}</p>
        <div className={style.actions}>
          <ActionButton size="small" onClick={() => void takeTheirs()}>
            {t('console.conflict.theirs')}
          </ActionButton>
          <ActionButton size="small" onClick={() => void keepMine()}>
            {t('console.conflict.mine')}
          </ActionButton>
        </div>
      </Notice>
    )
  if (problem)
    return (
      <ProblemNotice problem={problem}>
        {problem.errors?.length ? (
          <ul>
            {problem.errors.map(({ field, message, remedy }) => (
              <li key={`${field} ${message}`}>
                {message} {remedy}
              </li>
            ))}
          </ul>
        ) : null}
      </ProblemNotice>
    )
  return said ? <Notice tone="good" live title={said} /> : null
}
