import { type SyntheticEvent, useMemo } from 'react'
import { useLanguage } from '#platform/web'
import type { Chosen } from '../core/drawing/chosen.ts'
import { drawProduct } from '../core/drawing/products.ts'
import { toSvg } from '../core/drawing/svg.ts'

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
  const drawing = useMemo(() => drawProduct(modelId, selection, { dimensions, frame: 'stage' }), [modelId, selection, dimensions])
  const svg = useMemo(
    () => toSvg(drawing, { language, title, ...(highlight ? { highlight } : {}) }),
    [drawing, language, title, highlight],
  )
  const press = (event: SyntheticEvent) => {
    const part = (event.target as Element).closest('[data-part]')?.getAttribute('data-part')
    if (part) onPart?.(part)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a short way for the pointer; every part is a choice in the steps beside it
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
    <div className={className} onClick={onPart ? press : undefined} dangerouslySetInnerHTML={{ __html: svg }} />
  )
}
