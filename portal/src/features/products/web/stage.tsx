import type { Pictured } from './drawings.ts'
import { Picture } from './picture.tsx'
import style from './stage.module.css'

interface StageProps {
  product: Pictured
  /** cells of the title block: what, which view, which unit */
  block: readonly string[]
}

/** A line drawing on its sheet, with a title block as on paper. */
export function Stage({ product, block }: StageProps) {
  return (
    <figure className={style.stage}>
      <Picture product={product} size="page" />
      <figcaption className={style.block}>
        {block.map(cell => (
          <span key={cell}>{cell}</span>
        ))}
      </figcaption>
    </figure>
  )
}

/** The text that says view and unit: a garment is drawn flat and measured in cm, everything else stands in space. */
export function noteOf({ modelId }: Pictured): 'product.flatNote' | 'product.drawingNote' {
  return modelId === 'suit' ? 'product.flatNote' : 'product.drawingNote'
}

/** The same drawing, small, in a list. */
export function Thumbnail({ product }: { product: Pictured }) {
  return (
    <div className={style.thumb}>
      <Picture product={product} size="list" />
    </div>
  )
}
