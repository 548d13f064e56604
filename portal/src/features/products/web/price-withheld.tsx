import { useLocation } from 'react-router'
import { pathIn } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import type { PricesTold } from '../core/index.ts'

/** In place of a price: how this visitor comes by it. Signing in leads back to the page it stands on. */
export function PriceWithheld({ prices }: { prices: PricesTold }) {
  const t = useTexts('products')
  const language = useLanguage()
  const { pathname, search } = useLocation()
  if (prices !== 'signed-in') return t('product.onRequest')
  return (
    <a href={`${pathIn(language, '/sign-in')}?next=${encodeURIComponent(pathname + search)}`} rel="nofollow">
      {t('product.afterSignIn')}
    </a>
  )
}
