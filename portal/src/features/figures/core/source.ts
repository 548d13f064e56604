import { type Language, translate } from '#platform/core'

/** What a page knows of where its visitor came from. */
export interface Origin {
  utm_source?: string | undefined
  qr?: string | undefined
  /** host */
  referrer?: string | undefined
}

export const direct = 'direct'
export const other = 'other'
const longest = 60

/**
 * Where a visit came from, as it is counted: `utm:fair`, `qr:stand-4`, `host:news.example`, `direct`, `other`. The campaign comes before
 * the printed code, that before the page that linked here. What might be somebody's address or number is `other`.
 */
export function sourceOf({ utm_source, qr, referrer }: Origin): string {
  if (utm_source) return label('utm', plain(utm_source))
  if (qr) return label('qr', plain(qr))
  if (!referrer) return direct
  const host = referrer
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/^www\./, '')
  return /^[a-z0-9.-]+$/.test(host) ? label('host', host) : other
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

function label(kind: 'utm' | 'qr' | 'host', name: string): string {
  const tellsOfSomebody = name.includes('@') || /\d{7}/.test(name)
  return name === '' || tellsOfSomebody || name.length > longest ? other : `${kind}:${name}`
}

/** 'utm:fair' as 'Campaign "fair"', in the reader's words. */
export function sourceName(source: string, language: Language): string {
  const [, kind, name] = /^(utm|qr|host):(.+)$/s.exec(source) ?? []
  if (kind === 'host') return name!
  if (kind && name) return translate(language, `figures:source.${kind}`, { name })
  return translate(language, `figures:source.${source === direct ? direct : other}`)
}
