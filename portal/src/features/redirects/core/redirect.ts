import type { LocalizedText } from '#platform/core'

/** An address of the site before, and where what stood there is now. */
export interface Redirect {
  /** as `oldAddress` writes it */
  old: string
  /** a path of the portal, or an https address elsewhere */
  target: string
}

/** How many there may be. */
export const mostRedirects = 5000
const longest = 1000

/** What is wrong with a line of the list. */
export interface LineError {
  /** counted from 1 */
  line: number
  value: string
  message: LocalizedText
  remedy: LocalizedText
}

/**
 * An old address in the one way it is kept and looked up: without host, in lower case (the servers of old sites rarely tell cases
 * apart), without a slash at its end, its parameters sorted. null: it is no address.
 */
export function oldAddress(text: string): string | null {
  const [, path = '', query = ''] = /^(?:https?:\/\/[^/?#\s]+)?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i.exec(text.trim()) ?? []
  if (path === '') return null
  const parameters = query.split('&').filter(Boolean).toSorted()
  const whole = [
    decoded(path)
      .replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, ''),
    ...(parameters.length > 0 ? [parameters.join('&')] : []),
  ]
  return whole.join('?').toLowerCase()
}

/** As a person would write it; what is no UTF-8 stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/**
 * Reads a list of old and new addresses, two on a line, parted by tab, comma, semicolon or spaces; empty lines and those that begin
 * with # say nothing. Every line that is wrong is named, and so is every ring of addresses that lead back to themselves together
 * with those that stand already.
 */
export function readRedirects(text: string, standing: readonly Redirect[] = []): { redirects: Redirect[]; errors: LineError[] } {
  const errors: LineError[] = []
  const read = new Map<string, { target: string; line: number }>()
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const value = raw.trim()
    if (value === '' || value.startsWith('#')) continue
    const line = i + 1
    const complain = (message: LocalizedText, remedy: LocalizedText) =>
      void errors.push({ line, value: value.slice(0, 200), message, remedy })
    const parts = value.split(/[\t,;]|\s+/).filter(Boolean)
    if (parts.length !== 2) {
      complain(...wrongCount(parts.length))
      continue
    }
    const [from = '', to = ''] = parts
    const old = oldAddress(from)
    const target = targetOf(to)
    const earlier = old === null ? undefined : read.get(old)
    if (from.length > longest || to.length > longest) complain(...tooLong)
    else if (old === null || old === '/') complain(...noOldAddress)
    else if (target === null) complain(...noTarget)
    else if (earlier && earlier.target !== target) complain(...twice(earlier.line))
    else read.set(old, { target, line })
  }
  const all = new Map([
    ...standing.map(({ old, target }) => [old, target] as const),
    ...[...read].map(([old, { target }]) => [old, target] as const),
  ])
  for (const [old, { line }] of read) {
    const ring = ringFrom(old, all)
    if (ring) errors.push({ line, value: ring.join(' → '), ...leadsBack })
  }
  return {
    redirects: [...read].map(([old, { target }]) => ({ old, target })),
    errors: errors.toSorted((a, b) => a.line - b.line),
  }
}

/** Where an address leads in the end, over others of the list; null: it is none of them. */
export function destinationOf(address: string, redirects: ReadonlyMap<string, string>): string | null {
  let found: string | null = null
  const seen = new Set<string>()
  for (let at = oldAddress(address); at !== null && !seen.has(at); ) {
    seen.add(at)
    const next = redirects.get(at) ?? redirects.get(at.split('?', 1)[0]!)
    if (next === undefined) break
    found = next
    at = next.startsWith('/') ? oldAddress(next) : null
  }
  return found
}

/** A path of the portal as it is, or an address elsewhere; null: neither. */
function targetOf(text: string): string | null {
  return /^\/(?![/\\])/.test(text) || /^https:\/\/[\w.-]+(?::\d+)?(?:[/?#]|$)/.test(text) ? text : null
}

function ringFrom(start: string, all: ReadonlyMap<string, string>): string[] | null {
  const trail = [start]
  for (let next = all.get(start); next?.startsWith('/'); ) {
    const at = oldAddress(next)
    if (at === null) return null
    trail.push(at)
    if (at === start) return trail
    if (trail.indexOf(at) < trail.length - 1) return null // a ring further on; it is named where it begins
    next = all.get(at)
  }
  return null
}

type Words = [message: LocalizedText, remedy: LocalizedText]

const wrongCount = (count: number): Words => [
  { 'zh-CN': `这一行有 ${count} 个地址，应为两个。`, en: `This line has ${count} addresses instead of two.` },
  {
    'zh-CN': '请写旧地址和新地址，以空格或逗号分隔；地址中的空格写作 %20，逗号写作 %2C。',
    en: 'Write the old and the new address, parted by a space or a comma; write %20 and %2C for those within an address.',
  },
]
const tooLong: Words = [
  { 'zh-CN': `地址超过 ${longest} 个字符。`, en: `An address has more than ${longest} characters.` },
  { 'zh-CN': '请去掉多余的参数。', en: 'Leave out parameters that say nothing.' },
]
const noOldAddress: Words = [
  { 'zh-CN': '旧地址不是网站内的地址，或是首页。', en: 'The old address is none of a site, or its home page.' },
  { 'zh-CN': '请填写旧网站的地址，如 /product.asp?id=12。', en: 'Give an address of the old site, such as /product.asp?id=12.' },
]
const noTarget: Words = [
  {
    'zh-CN': '新地址不是本门户的路径，也不是 https 地址。',
    en: 'The new address is neither a path of this portal nor an https address.',
  },
  { 'zh-CN': '请填写如 /products/vmc-850 或 https://… 的地址。', en: 'Write it like /products/vmc-850 or https://…' },
]
const twice = (line: number): Words => [
  { 'zh-CN': `第 ${line} 行已为这个旧地址写了另一个新地址。`, en: `Line ${line} leads this old address elsewhere.` },
  { 'zh-CN': '请只保留一行。', en: 'Keep one of the two lines.' },
]
const leadsBack = {
  message: { 'zh-CN': '这些地址互相跳转，永远到不了页面。', en: 'These addresses lead back to themselves, and never to a page.' },
  remedy: { 'zh-CN': '请让其中一个指向真正的页面。', en: 'Let one of them lead to a real page.' },
}
