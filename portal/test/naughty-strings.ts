import { readPublicData } from './public-data.ts'

/**
 * Texts that break programs: the big list of naughty strings, and what people have tried to run a script in a page with. Only what
 * the portal stores (no U+0000, no half of a surrogate pair, not blank). Null where the public data are not there.
 */
export function naughtyStrings(): string[] | null {
  const files = ['blns.json', 'xss-payload-list.txt', 'h5sc-vectors.txt'].map(name => readPublicData(`service/security/${name}`))
  if (files.some(file => file === null)) return null
  const [naughty, payloads, vectors] = files as [string, string, string]
  const lines = (text: string) => text.split(/\r?\n/)
  const all = [
    ...(JSON.parse(naughty) as string[]),
    ...lines(payloads),
    // one line of pieces: <div id="1">…</div><div id="2">…
    ...vectors.split(/(?=<div id="\d+">)/),
    // and what a table calculation would take for a formula
    ...['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1+1', '\r=1+1', "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","click")'],
  ]
  return [...new Set(all)].filter(text => text.trim() !== '' && !text.includes('\0') && text.isWellFormed())
}

/** The texts in pieces of at most `limit` characters, as few as their order allows; those that are longer are cut. */
export function packed(texts: readonly string[], limit: number): string[] {
  const pieces: string[] = []
  for (const text of texts) {
    const fits = pieces.length > 0 && pieces.at(-1)!.length + 1 + text.length <= limit
    if (fits) pieces[pieces.length - 1] += `\n${text}`
    else pieces.push(cut(text, limit))
  }
  return pieces
}

/** At most `limit` UTF-16 units, no surrogate pair cut in two. */
export const cut = (text: string, limit: number): string => {
  const head = text.slice(0, limit)
  return head.isWellFormed() ? head : head.slice(0, -1)
}
