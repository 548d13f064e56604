import style from './stage.module.css'

interface StageProps {
  /** the drawing as SVG text */
  svg: string
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
export function Thumbnail({ svg }: { svg: string }) {
  return (
    <div className={style.thumb}>
      <Sheet svg={svg} />
    </div>
  )
}

function Sheet({ svg }: { svg: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made by our own drawing code, which escapes every text
  return <div className={style.sheet} dangerouslySetInnerHTML={{ __html: svg }} />
}
