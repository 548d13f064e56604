/** Part of a line. */
export type Inline = { kind: 'plain' | 'strong'; text: string } | { kind: 'link'; text: string; href: string }

/** A text as it is read: paragraphs, each of one or more lines, and lists. */
export type TextPart = { kind: 'paragraph' | 'list' | 'numbered'; lines: Inline[][] }

/**
 * Reads the few signs an author may use: an empty line parts paragraphs, `- ` and `1. ` begin entries of a list, `**bold**`, and
 * `[words](address)`. Everything else is what it looks like: there is no markup in it.
 */
export function readText(text: string): TextPart[] {
  const parts: TextPart[] = []
  let apart = true
  for (const raw of text.replaceAll('\r', '').split('\n')) {
    const line = raw.trim()
    if (line === '') {
      apart = true
      continue
    }
    const [kind, said] = entryOf(line)
    const last = parts.at(-1)
    if (last && last.kind === kind && (!apart || kind !== 'paragraph')) last.lines.push(readLine(said))
    else parts.push({ kind, lines: [readLine(said)] })
    apart = false
  }
  return parts
}

/** The same without its signs, for descriptions and feeds. */
export const plainText = (text: string): string =>
  readText(text)
    .flatMap(({ lines }) => lines.map(line => line.map(part => part.text).join('')))
    .join(' ')

/** A path of the portal, or an address by https, mail or telephone: what a link of a page may lead to. */
export const isAddress = (text: string): boolean =>
  /^\/(?![/\\])[^\s<>"\\]*$/.test(text) ||
  isHttps(text) ||
  /^mailto:[^\s<>"\\]+@[\w.-]+$/.test(text) ||
  /^tel:\+?[\d-]{3,20}$/.test(text)

export const isHttps = (text: string): boolean => /^https:\/\/[\w.-]{1,253}(?::\d{1,5})?(?:[/?#][^\s<>"\\]*)?$/.test(text)

/** The addresses of links that lead nowhere a page may lead to. */
export const wrongLinks = (text: string): string[] =>
  [...text.matchAll(inlines)].flatMap(([, , , href]) => (href === undefined || isAddress(href) ? [] : href))

/** bold | words, address */
const inlines = /\*\*([^*\n]{1,500})\*\*|\[([^[\]\n]{1,200})\]\(([^()\s]{1,500})\)/g

function entryOf(line: string): [TextPart['kind'], string] {
  const bullet = /^[-*•] +/.exec(line)
  if (bullet) return ['list', line.slice(bullet[0].length)]
  const number = /^\d{1,3}[.)、] */.exec(line)
  // "3.5 kW" at the beginning of a line is no entry of a list
  if (number && !/^\d/.test(line.slice(number[0].length))) return ['numbered', line.slice(number[0].length)]
  return ['paragraph', line]
}

function readLine(line: string): Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const match of line.matchAll(inlines)) {
    const [whole, strong, words, href] = match
    if (href !== undefined && !isAddress(href)) continue
    if (match.index > at) parts.push({ kind: 'plain', text: line.slice(at, match.index) })
    parts.push(strong === undefined ? { kind: 'link', text: words!, href: href! } : { kind: 'strong', text: strong })
    at = match.index + whole.length
  }
  if (at < line.length) parts.push({ kind: 'plain', text: line.slice(at) })
  return parts
}
