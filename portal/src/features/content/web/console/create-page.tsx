import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, Choice, ChoiceGroup, newIdempotencyKey, TextField, useTexts } from '#platform/web'
import { createPage, nothing, type PageKind, pageKinds, slugFrom } from '../../core/index.ts'
import { BilingualText } from './bilingual-text.tsx'
import style from './editor.module.css'

/** The first words of a page: what kind it is, its title and its address. */
export function CreatePage({ hasHome, onCreated }: { hasHome: boolean; onCreated(pageId: string): void }) {
  const t = useTexts('content')
  const [kind, setKind] = useState<PageKind>('page')
  const [title, setTitle] = useState(nothing)
  const [typed, setTyped] = useState<string | null>(null)
  const slug = typed ?? slugFrom(title.en)
  const entry = useEntry(
    () => ({}),
    async () => {
      const { pageId } = await api.call(createPage, { body: { kind, title, slug }, idempotencyKey: newIdempotencyKey() })
      onCreated(pageId)
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <ChoiceGroup title={t('console.list.kind')}>
        {pageKinds
          .filter(one => one !== 'home' || !hasHome)
          .toSorted(one => (one === 'home' ? 1 : 0))
          .map(one => (
            <Choice
              key={one}
              type="radio"
              name="kind"
              value={one}
              checked={kind === one}
              onChange={() => setKind(one)}
              label={t(`console.kind.${one}`)}
              help={t(`console.kindHelp.${one}`)}
            />
          ))}
      </ChoiceGroup>
      <BilingualText
        label={t('console.create.name')}
        at="title"
        value={title}
        most={120}
        errors={entry.errors}
        onChange={setTitle}
      />
      {kind === 'home' ? null : (
        <TextField
          label={t('console.create.slug')}
          help={t('console.create.slugHelp')}
          name="slug"
          value={slug}
          maxLength={60}
          spellCheck={false}
          autoComplete="off"
          error={entry.errors.slug}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('console.create.go')}
      </ActionButton>
    </form>
  )
}
