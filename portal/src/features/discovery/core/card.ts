import { metaTags } from './meta-tags.ts'

/** How a page presents itself where its link is shared. */
export interface Card {
  title: string
  description: string
  /** path or address of the picture; null: there is none */
  picture: string | null
  /** kept out of search engines */
  hidden: boolean
}

/** What the head of a page says, as messengers and engines read it: Open Graph first, then the plain tags. */
export function readCard(html: string): Card {
  const head = html.slice(0, html.indexOf('</head>') + 1 || 100_000)
  const metas = new Map<string, string>()
  for (const tag of metaTags(head)) {
    const name = tag.get('property') ?? tag.get('name')
    if (name && !metas.has(name)) metas.set(name, plain(tag.get('content') ?? ''))
  }
  return {
    title: metas.get('og:title') ?? titleOf(head),
    description: metas.get('og:description') ?? metas.get('description') ?? '',
    picture: metas.get('og:image') ?? null,
    hidden: metas.get('robots')?.includes('noindex') ?? false,
  }
}

function titleOf(head: string): string {
  const start = head.indexOf('>', head.indexOf('<title'))
  return plain(head.slice(start + 1, head.indexOf('<', start)))
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#39;': "'" }

const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, escaped => characters[escaped]!)
