import { ActionButton, api, useProblem, useTexts } from '#platform/web'
import { startAtProvider } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'

interface ProviderSignInProps {
  providers: readonly { id: string; name: string }[]
  /** where to go afterwards; null: home */
  next: string | null
}

/** A button per sign-in provider. No link: a page elsewhere could follow it, and sign a visitor in who did not ask for it. */
export function ProviderSignIn({ providers, next }: ProviderSignInProps) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const start = (providerId: string) =>
    attempt(async () => location.assign((await api.call(startAtProvider, { params: { providerId }, body: { next } })).url))
  return (
    <>
      <ProblemNotice problem={problem} />
      {providers.map(({ id, name }) => (
        <ActionButton key={id} block onClick={() => start(id)}>
          {t('providers.signIn', { name })}
        </ActionButton>
      ))}
    </>
  )
}
