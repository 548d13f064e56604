import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { languageOfPath, provideLanguages } from '#platform/core'
import { guardMarkup, NonceContext } from '#platform/web'
import { providePageTexts } from './provide-page-texts.ts'

guardMarkup()

// as the server wrote it: what comes alive must be the same
if ('oneLanguage' in document.documentElement.dataset) provideLanguages([languageOfPath(location.pathname)])

await providePageTexts('pages')

// Style elements made later need the nonce too; the browser hides it from the markup but not from scripts.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <NonceContext value={nonce}>
        <HydratedRouter />
      </NonceContext>
    </StrictMode>,
  )
})
