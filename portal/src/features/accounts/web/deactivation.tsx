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
  const turnOff = () =>
    attempt(async () => {
      let done = false
      await confirmed(async token => {
        await api.call(deactivate, { params, ...token })
        done = true
      })
      if (done) await finish('people.deactivated')
    })
  const run = (call: () => Promise<unknown>, text: string) =>
    attempt(async () => {
      await call()
      await finish(text)
    })
  return (
    <div className={style.actions}>
      {person.deactivatedAt ? (
        <ActionButton size="small" onClick={() => run(() => api.call(reactivate, { params }), 'people.reactivated')}>
          {t('people.reactivate')}
        </ActionButton>
      ) : (
        <>
          <ActionButton
            size="small"
            strength="quiet"
            onClick={() => run(() => api.call(endSessionsOf, { params }), 'people.signedOut')}
          >
            {t('people.signOut')}
          </ActionButton>
          <ActionButton size="small" strength="quiet" onClick={turnOff}>
            {t('people.deactivate')}
          </ActionButton>
        </>
      )}
      <ProblemNotice problem={problem} />
      {dialog}
    </div>
  )
}
