import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import {
  ActionButton,
  api,
  apiContext,
  BottomSheet,
  Container,
  EmptyState,
  LocaleLink,
  Notice,
  PageHeader,
  useTexts,
} from '#platform/web'
import { getMe, listMyApiKeys, type NewApiKey, revokeMyApiKey, scopesFor } from '../core/index.ts'
import { ApiKeyForm } from './api-key-form.tsx'
import { ApiKeyList } from './api-key-list.tsx'
import { ApiKeyOnce } from './api-key-once.tsx'
import style from './form-page.module.css'
import { accountPageMeta, pageFacts } from './page-facts.ts'

/** /account/keys: the API keys of who is signed in; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const { items } = await calls.call(listMyApiKeys, {})
  const { account } = await calls.call(getMe, {})
  return { ...pageFacts(context), keys: items, roles: account?.roles ?? [] }
}

export const meta = accountPageMeta('/account/keys', 'apiKeys.title')

export default function ApiKeysPage() {
  const t = useTexts('accounts')
  const { keys, roles } = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  const [sheet, setSheet] = useState<'make' | NewApiKey | null>(null)
  const [done, setDone] = useState('')
  const make = (
    <ActionButton strength="primary" onClick={() => setSheet('make')}>
      {t('apiKeys.make')}
    </ActionButton>
  )
  return (
    <Container width="narrow">
      <PageHeader title={t('apiKeys.title')} actions={keys.length > 0 ? make : undefined}>
        {t('apiKeys.lead')}
      </PageHeader>
      <div className={style.stack}>
        <p>
          <LocaleLink to="/account">{t('apiKeys.back')}</LocaleLink> · <a href="/api/docs#keys">{t('apiKeys.reference')}</a>
        </p>
        {done ? <Notice tone="good" live title={done} /> : null}
        {keys.length === 0 ? (
          <EmptyState title={t('apiKeys.none')} action={make}>
            {t('apiKeys.noneLead')}
          </EmptyState>
        ) : (
          <ApiKeyList
            keys={keys}
            onRevoke={async ({ id, name }) => {
              await api.call(revokeMyApiKey, { params: { keyId: id } })
              setDone(t('apiKeys.revoked', { name }))
              await revalidate()
            }}
          />
        )}
      </div>
      <BottomSheet
        open={sheet !== null}
        title={sheet === null || sheet === 'make' ? t('apiKeys.makeTitle') : t('apiKeys.madeTitle', { name: sheet.name })}
        onClose={() => setSheet(null)}
      >
        {sheet === 'make' ? (
          <ApiKeyForm
            scopes={scopesFor(roles)}
            onMade={made => {
              setDone('')
              setSheet(made)
              void revalidate()
            }}
          />
        ) : null}
        {sheet !== null && sheet !== 'make' ? <ApiKeyOnce made={sheet} onKept={() => setSheet(null)} /> : null}
      </BottomSheet>
    </Container>
  )
}
