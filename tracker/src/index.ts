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
 * Reads campaign parameters, printed code and referrer of a visit. address, referrer: of the page the visit began with
 * (`location.href` and `document.referrer` there).
 * Values are cut at 200 characters; control characters are dropped.
 */
export function readSource(address: string, referrer: string): Source {
  const page = URL.canParse(address) ? new URL(address) : null
  const source: Source = {}
  for (const name of parameters) {
    const value = clean(page?.searchParams.get(name) ?? '')
    if (value) source[name] = value
  }
  const host = URL.canParse(referrer) ? clean(new URL(referrer).host) : ''
  if (host && host !== page?.host) source.referrer = host
  return source
}

const clean = (text: string): string =>
  text
    .replace(/\p{Cc}|\p{Cs}/gu, '')
    .trim()
    .slice(0, longest)
