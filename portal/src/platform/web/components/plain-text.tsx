import { type TextBlock, textBlocks } from '#platform/core'
import style from './plain-text.module.css'

interface PlainTextProps {
  /** as `textBlocks` reads it */
  text: string
  /** where it is in another language than the page */
  lang?: string
}

/** A text of headings, paragraphs and lists. */
export function PlainText({ text, lang }: PlainTextProps) {
  return (
    <div className={style.text} lang={lang}>
      {textBlocks(text).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks never move
        <Block block={block} key={at} />
      ))}
    </div>
  )
}

function Block({ block }: { block: TextBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h2>{block.text}</h2>
    case 'paragraph':
      return <p>{block.text}</p>
    case 'list':
      return (
        <ul>
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the points never move
            <li key={at}>{item}</li>
          ))}
        </ul>
      )
    default:
      return block satisfies never
  }
}
