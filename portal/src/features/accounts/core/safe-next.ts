/** Where to go after signing in: only a path of this portal, never another site's. */
export function safeNext(wish: string | null): string | null {
  if (!wish || !/^\/(?![/\\])/.test(wish)) return null
  const target = new URL(wish, 'http://portal.invalid')
  return target.host === 'portal.invalid' ? `${target.pathname}${target.search}${target.hash}` : null
}
