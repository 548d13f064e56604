/** A code that somebody came with before he had an account: kept in his browser for a day, so that he finds back after he has signed up. */
const key = 'fettle-claim'
const keptForMs = 86_400_000

export function keepClaim(code: string): void {
  try {
    localStorage.setItem(key, JSON.stringify({ code, at: Date.now() }))
  } catch {
    // a browser that keeps nothing: the label can be scanned again
  }
}

/** The code, or null. */
export function keptClaim(): string | null {
  try {
    const { code, at } = JSON.parse(localStorage.getItem(key) ?? '{}') as { code?: unknown; at?: unknown }
    if (typeof code === 'string' && /^[\w-]{26,60}$/.test(code) && typeof at === 'number' && Date.now() - at < keptForMs)
      return code
  } catch {
    // nothing that was kept by this page
  }
  return null
}

export function forgetClaim(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // nothing is kept
  }
}
