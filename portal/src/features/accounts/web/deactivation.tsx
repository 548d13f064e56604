import { useRevalidator } from 'react-router'
import { ActionButton, api, useProblem, useTexts } from '#platform/web'
import { deactivate, endSessionsOf, reactivate } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { useConfirmed } from './use-confirmed.tsx'

interface Person {
  id: string
  name: string
  deactivatedAt: string | null
}

/** What may be done about somebody one looks after: sign him out everywhere, deactivate him, and take it back. */
export function Deactivation({ person, onDone }: { person: Person; onDone(message: string): void }) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const { revalidate } = useRevalidator()
  const params = { accountId: person.id }
  const finish = async (text: string) => {
    onDone(t(text, { name: person.name }))
    await revalidate()
  }
  const run = (endpoint: typeof deactivate | typeof reactivate | typeof endSessionsOf, text: string) =>
    attempt(async () => {
      const done = await confirmed(token => api.call(endpoint, { params, ...token }).then(() => true))
      if (done) await finish(text)
    })
  return (
    <div className={style.actions}>
      {person.deactivatedAt ? (
        <ActionButton size="small" onClick={() => run(reactivate, 'people.reactivated')}>
          {t('people.reactivate')}
        </ActionButton>
      ) : (
        <>
          <ActionButton size="small" strength="quiet" onClick={() => run(endSessionsOf, 'people.signedOut')}>
            {t('people.signOut')}
          </ActionButton>
          <ActionButton size="small" strength="quiet" onClick={() => run(deactivate, 'people.deactivated')}>
            {t('people.deactivate')}
          </ActionButton>
        </>
      )}
      <ProblemNotice problem={problem} />
      {dialog}
    </div>
  )
}
