/** Who is told which pages came or changed. */
export const channels = ['index-now', 'baidu'] as const
export type Channel = (typeof channels)[number]

/** Engines that take IndexNow; each tells the others (https://www.indexnow.org/faq). */
export const indexNowHosts = [
  'api.indexnow.org',
  'www.bing.com',
  'yandex.com',
  'searchadvisor.naver.com',
  'search.seznam.cz',
] as const

/** Addresses in one call, by the services' own words. */
export const mostAddresses: Readonly<Record<Channel, number>> = { 'index-now': 10_000, baidu: 2000 }

/** taken: by the service. caught: kept by the demo. refused: something has to be mended first. failed: it is tried again. */
export const outcomes = ['taken', 'caught', 'refused', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

/** What an answer means, where it is more than "taken". */
export const pushReasons = [
  'key-pending',
  'some-left-out',
  'key-file',
  'addresses',
  'token',
  'site',
  'quota',
  'too-often',
  'service',
  'unreachable',
  'other',
] as const
export type PushReason = (typeof pushReasons)[number]

/** What became of one call. */
export interface Told {
  outcome: Outcome
  reason: PushReason | null
  /** the service's words, short */
  said: string
  /** addresses it takes that day beyond these; null: it does not say */
  remain: number | null
}

export type ReadToken = { status: 'token'; token: string } | { status: 'site'; site: string } | { status: 'none' }

/**
 * The token in what an administrator pasted: the token, or the whole address of the interface as Baidu shows it, which also names the
 * site. host: of this portal
 */
export function readBaiduToken(pasted: string, host: string): ReadToken {
  const text = pasted.trim()
  if (/^[A-Za-z0-9]{8,64}$/.test(text)) return { status: 'token', token: text }
  const [, query = ''] = /^https?:\/\/data\.zz\.baidu\.com\/urls\?(.{1,500})$/.exec(text) ?? []
  const part = (name: string) =>
    query
      .split('&')
      .find(each => each.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  const [site, token] = [part('site').replace(/%3A/gi, ':').replace(/%2F/gi, '/'), part('token')]
  if (!/^[A-Za-z0-9]{8,64}$/.test(token)) return { status: 'none' }
  const named = site.replace(/^https?:\/\//, '').replace(/\/$/, '')
  return named === host ? { status: 'token', token } : { status: 'site', site: named }
}
