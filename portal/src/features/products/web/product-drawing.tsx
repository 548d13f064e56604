import { type SyntheticEvent, useMemo, useRef, useSyncExternalStore } from 'react'
import { trustedDrawing, useLanguage } from '#platform/web'
import type { Chosen } from '../core/drawing/chosen.ts'
import { drawProduct } from '../core/drawing/products.ts'
import { toSvg } from '../core/drawing/svg.ts'
import type { Drawing } from '../core/drawing/tree.ts'

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
  highlight,
  onPart,
}: ProductDrawingProps) {
  const language = useLanguage()
  const draw = useDrawing(modelId, selection, dimensions)
  const sent = useSent(selection, dimensions, highlight)
  const svg = useMemo(
    () => (sent ? '' : toSvg(draw(), { language, title, ...(highlight ? { highlight } : {}) })),
    [draw, sent, language, title, highlight],
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
      dangerouslySetInnerHTML={{ __html: trustedDrawing(svg) }}
      suppressHydrationWarning
    />
  )
}

/** Draws when asked, once for each choice. */
function useDrawing(modelId: string, selection: Chosen, dimensions: boolean): () => Drawing {
  return useMemo(() => {
    let drawing: Drawing | undefined
    return () => (drawing ??= drawProduct(modelId, selection, { dimensions, frame: 'stage' }))
  }, [modelId, selection, dimensions])
}

/**
 * Whether the page came with this very drawing. React leaves what a page came with as it is, so there is no need to draw it again,
 * which would be most of the work of starting the page.
 */
function useSent(...shown: readonly unknown[]): boolean {
  const starting = useSyncExternalStore(
    () => () => {},
    () => false,
    () => !import.meta.env.SSR,
  )
  const sent = useRef(starting ? shown : null)
  return sent.current?.every((value, place) => value === shown[place]) ?? false
}
