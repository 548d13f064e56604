/** What a text of several paragraphs is made of. */
export type TextBlock =
  | { kind: 'heading'; text: string }
  /** line breaks within it stay */
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] }

/**
 * A text as people type it: `#` begins a heading, `- ` (or `* `, `• `, `· `) a point of a list, an empty line ends a paragraph. Nothing else
 * means anything, so no markup can come of it.
 */
export function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = []
  let open = false // the last block goes on with the next line
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim()
    const last = open ? blocks.at(-1) : undefined
    const heading = line.startsWith('#') ? line.replace(/^#+/, '').trim() : undefined
    const item = /^[-*•·]\s/.test(line) ? line.slice(1).trim() : undefined
    open = line !== ''
    if (line === '') continue
    if (heading !== undefined) {
      if (heading) blocks.push({ kind: 'heading', text: heading })
      open = false
    } else if (item !== undefined) {
      if (last?.kind === 'list') last.items.push(item)
      else blocks.push({ kind: 'list', items: [item] })
    } else if (last?.kind === 'list') last.items[last.items.length - 1] += `\n${line}`
    else if (last?.kind === 'paragraph') last.text += `\n${line}`
    else blocks.push({ kind: 'paragraph', text: line })
  }
  return blocks
}
