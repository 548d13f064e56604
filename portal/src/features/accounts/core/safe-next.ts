/** Where to go after signing in: only a path of this portal, never another site's. */
export function safeNext(wish: string | null): string | null {
  // neither a backslash, which browsers take for a slash, nor what they leave out before they look
  return wish !== null && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wish) ? wish : null
}
