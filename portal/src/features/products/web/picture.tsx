import { useEffect, useRef } from 'react'
import { trustedDrawing, useDrawingMarkup, useLanguage } from '#platform/web'
import { type Pictured, productDrawing } from './drawings.ts'
import style from './stage.module.css'

/**
 * A product's drawing in a page that does not change it. The server draws; the browser keeps what it got, so that neither the drawing code
 * nor the drawing a second time (as data) weighs on the page. Only a page that was navigated to draws here, with code fetched then.
 */
export function Picture({ product, size }: { product: Pictured; size: 'page' | 'list' }) {
  const language = useLanguage()
  const sheet = useRef<HTMLDivElement>(null)
  const markup = useDrawingMarkup(import.meta.env.SSR ? productDrawing(product, size, language) : '')
  useEffect(() => {
    const element = sheet.current
    if (!element || element.dataset.drawn === product.modelId) return
    if (element.dataset.drawn === undefined && element.firstChild) {
      element.dataset.drawn = product.modelId
      return
    }
    let current = true
    void import('./drawings.ts').then(drawings => {
      if (!current) return
      element.innerHTML = trustedDrawing(drawings.productDrawing(product, size, language))
      element.dataset.drawn = product.modelId
    })
    return () => {
      current = false
    }
  }, [product, size, language])
  return (
    <div
      ref={sheet}
      className={style.sheet}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
      dangerouslySetInnerHTML={markup}
    />
  )
}
