import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { languageOfPath, provideTexts } from '#platform/core'
import { guardMarkup, NonceContext } from '#platform/web'

guardMarkup()

const language = languageOfPath(location.pathname)
const texts = language === 'en' ? await import('virtual:texts/en') : await import('virtual:texts/zh-CN')
provideTexts(language, texts.default)

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
