import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  ConfirmDialog,
  LeaveGuard,
  languageContext,
  Notice,
  PageHeader,
  useProblem,
  useTexts,
} from '#platform/web'
import { getMenus, type Menus, saveMenus } from '../../core/index.ts'
import style from './editor.module.css'
import { MenuEditor } from './menu-editor.tsx'

/** /console/menus: what stands in header and footer. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getMenus, {})
  return { edited: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'content:console.menus.title') }] : []

export default function MenusPage() {
  const given = useLoaderData<typeof loader>()
  const t = useTexts('content')
  const { problem, fields, attempt } = useProblem()
  const [seen, setSeen] = useState({ value: given.edited, etag: given.etag })
  const [menus, setMenus] = useState<Menus>(given.edited.menus)
  const [saved, setSaved] = useState(false)
  const [resetting, setResetting] = useState(false)
  const [busy, setBusy] = useState(false)
  const errors = Object.fromEntries(Object.entries(fields).map(([name, words]) => [name.replace(/^menus\./, ''), words]))

  const edit = (change: Partial<Menus>) => {
    setMenus(before => ({ ...before, ...change }))
    setSaved(false)
  }
  const changed = menus !== seen.value.menus
  const save = async (next: Menus | null) => {
    setBusy(true)
    const kept = await attempt(() => api.callWithEtag(saveMenus, { body: { menus: next }, ifMatch: seen.etag }))
    setBusy(false)
    if (!kept) return
    setSeen(kept)
    setMenus(now => (now === menus ? kept.value.menus : now)) // what was typed meanwhile stays
    setSaved(true)
  }
  return (
    <>
      <PageHeader title={t('console.menus.title')}>{t('console.menus.lead')}</PageHeader>
      <form
        className={style.main}
        method="post"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void save(menus)
        }}
      >
        {seen.value.usual ? <Notice title={t('console.menus.usual')} /> : null}
        {(['header', 'footer'] as const).map(name => (
          <section key={name} className={style.basics}>
            <h2>{t(`console.menus.${name}`)}</h2>
            <MenuEditor
              at={name}
              entries={menus[name]}
              choices={seen.value}
              errors={errors}
              onChange={entries => edit({ [name]: entries })}
            />
          </section>
        ))}
        <div className={style.bar}>
          <ProblemNotice problem={problem} />
          {saved ? <Notice tone="good" live title={t('console.menus.saved')} /> : null}
          {seen.value.usual ? null : (
            <ActionButton disabled={busy} onClick={() => setResetting(true)}>
              {t('console.menus.reset')}
            </ActionButton>
          )}
          <ActionButton type="submit" strength="primary" disabled={busy || !changed}>
            {t('console.menus.save')}
          </ActionButton>
        </div>
        <LeaveGuard changed={changed} />
      </form>
      <ConfirmDialog
        open={resetting}
        title={t('console.menus.reset')}
        action={t('console.menus.reset')}
        danger
        onConfirm={() => {
          setResetting(false)
          void save(null)
        }}
        onClose={() => setResetting(false)}
      >
        {t('console.menus.resetHelp')}
      </ConfirmDialog>
    </>
  )
}
