import { useEffect, useState } from 'react'
import { api, Notice, useProblem, useTexts } from '#platform/web'
import { type ApiKeyView, listApiKeysOf, revokeApiKeyOf } from '../core/index.ts'
import { ApiKeyList } from './api-key-list.tsx'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'

interface Person {
  id: string
  name: string
}

/** The API keys of somebody one looks after, to see and to revoke. */
export function ApiKeysOf({ person: { id: accountId, name }, onChange }: { person: Person; onChange(): void }) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const [keys, setKeys] = useState<readonly ApiKeyView[] | null>(null)
  const [done, setDone] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person
  useEffect(() => {
    void attempt(async () => setKeys((await api.call(listApiKeysOf, { params: { accountId } })).items))
  }, [accountId])
  return (
    <div className={style.stack}>
      <ProblemNotice problem={problem} />
      {done ? <Notice tone="good" live title={done} /> : null}
      {keys === null && !problem ? <p role="status">{t('apiKeys.loading')}</p> : null}
      {keys?.length === 0 ? <p>{t('apiKeys.ofNone', { name })}</p> : null}
      {keys && keys.length > 0 ? (
        <>
          <p>{t('apiKeys.ofLead')}</p>
          <ApiKeyList
            keys={keys}
            onRevoke={async key => {
              await api.call(revokeApiKeyOf, { params: { accountId, keyId: key.id } })
              setKeys(keys.filter(({ id }) => id !== key.id))
              setDone(t('apiKeys.revoked', { name: key.name }))
              onChange()
            }}
          />
        </>
      ) : null}
    </div>
  )
}
