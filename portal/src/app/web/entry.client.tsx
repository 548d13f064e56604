import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { guardMarkup, NonceContext } from '#platform/web'
import { providePageTexts } from './provide-page-texts.ts'

guardMarkup()

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
