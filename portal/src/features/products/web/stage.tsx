import style from './stage.module.css'

interface StageProps {
  /** the drawing as SVG text; null where the product has none */
  svg: string | null
  /** cells of the title block: what, which view, which unit */
  block?: readonly string[]
}

/** A line drawing on its sheet, with a title block as on paper. */
export function Stage({ svg, block }: StageProps) {
  return (
    <figure className={style.stage}>
      <Sheet svg={svg} />
      {block ? (
        <figcaption className={style.block}>
          {block.map(cell => (
            <span key={cell}>{cell}</span>
          ))}
        </figcaption>
      ) : null}
    </figure>
  )
}

/** The same drawing, small, in a list. */
export function Thumbnail({ svg }: { svg: string | null }) {
  return (
    <div className={style.thumb}>
      <Sheet svg={svg} />
    </div>
  )
}

function Sheet({ svg }: { svg: string | null }) {
  if (svg === null) return <div className={style.sheet}>{noDrawing}</div>
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
  return <div className={style.sheet} dangerouslySetInnerHTML={{ __html: svg }} />
}

/** For products that came without a drawing: a crate, in the same projection. */
export const noDrawing = (
  <svg
    className={style.none}
    viewBox="0 0 100 100"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M50 8 88 30v42L50 94 12 72V30zM12 30l38 22 38-22M50 52v42M31 19l38 22v14" />
  </svg>
)
