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
  for (const [element] of head.matchAll(/<meta\b[^>]*>/g)) {
    const name = attribute(element, 'property') ?? attribute(element, 'name')
    if (name && !metas.has(name)) metas.set(name, attribute(element, 'content') ?? '')
  }
  return {
    title: metas.get('og:title') ?? plain(/<title[^>]*>([^<]*)/.exec(head)?.[1] ?? ''),
    description: metas.get('og:description') ?? metas.get('description') ?? '',
    picture: metas.get('og:image') ?? null,
    hidden: metas.get('robots')?.includes('noindex') ?? false,
  }
}

function attribute(element: string, name: string): string | undefined {
  const [, value] = new RegExp(`\\s${name}="([^"]*)"`).exec(element) ?? []
  return value === undefined ? undefined : plain(value)
}

const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#39;': "'" }

const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, escaped => characters[escaped]!)
