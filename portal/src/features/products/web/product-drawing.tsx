import { type SyntheticEvent, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useDrawingMarkup, useLanguage } from '#platform/web'
import type { Chosen } from '../core/drawing/chosen.ts'
import { drawings } from '../core/drawing/products.ts'
import { drawWish, type ProductWish } from '../core/drawing/wish.ts'
import { draw } from './drawing-client.ts'

interface ProductDrawingProps {
  modelId: string
  selection: Chosen
  className?: string | undefined
  title: string
  dimensions?: boolean
  /** option or number group drawn in the signal colour */
  highlight?: string | null
  /** told which part was pressed */
  onPart?: (part: string) => void
}

/** The product as configured, drawn anew with every choice, in one scale and place so that nothing jumps. */
export function ProductDrawing({
  className,
  modelId,
  selection,
  title,
  dimensions = false,
  highlight = null,
  onPart,
}: ProductDrawingProps) {
  const language = useLanguage()
  const svg = useDrawn(
    useMemo(
      () => ({ draw: 'product', modelId, selection, dimensions, highlight, title, language }),
      [modelId, selection, dimensions, highlight, title, language],
    ),
  )
  const press = (event: SyntheticEvent) => {
    const part = (event.target as Element).closest('[data-part]')?.getAttribute('data-part')
    if (part) onPart?.(part)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way for the pointer; every part is a choice in the steps beside it
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className={className}
      onClick={onPart ? press : undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
      dangerouslySetInnerHTML={useDrawingMarkup(svg)}
      suppressHydrationWarning
    />
  )
}

/**
 * The drawing, or the last one until it is made. The server draws at once. What a page came with is not drawn again: React leaves it as
 * it is for as long as this answers the same empty text.
 */
function useDrawn(wish: ProductWish): string {
  const came = useRef(useStarting() ? wish : null)
  const [svg, setSvg] = useState(() => (import.meta.env.SSR ? drawWish(wish, drawings) : ''))
  useEffect(() => {
    if (came.current === wish) return
    came.current = null
    let wanted = true
    draw(wish).then(
      made => wanted && setSvg(made),
      () => {}, // the last drawing stays; the choice is told in words as well
    )
    return () => {
      wanted = false
    }
  }, [wish])
  return svg
}

/** Whether the page is one that the server has sent and that now comes to life. */
const useStarting = () =>
  useSyncExternalStore(
    () => () => {},
    () => false,
    () => !import.meta.env.SSR,
  )
