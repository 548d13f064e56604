/** Where a visitor came from, as his page knows it. Plain data: nothing is stored on his device and nothing identifies him. */
export interface Source {
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  utm_term?: string
  utm_content?: string
  /** host of the page that linked here; absent for the portal's own pages */
  referrer?: string
  /** printed code that was scanned */
  qr?: string
}

const parameters = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'qr'] as const
const longest = 200

/**
 * Reads campaign parameters, printed code and referrer. `readSource(location, document.referrer)` where the visit begins.
 * Values are cut at 200 characters; control characters are dropped.
 */
export function readSource(location: { search: string; host: string }, referrer: string): Source {
  const query = new URLSearchParams(location.search)
  const source: Source = {}
  for (const name of parameters) {
    const value = clean(query.get(name) ?? '')
    if (value) source[name] = value
  }
  const host = hostOf(referrer)
  if (host && host !== location.host) source.referrer = clean(host)
  return source
}

const clean = (text: string): string =>
  text
    .replace(/\p{Cc}|\p{Cs}/gu, '')
    .trim()
    .slice(0, longest)

function hostOf(address: string): string {
  try {
    return new URL(address).host
  } catch {
    return ''
  }
}
