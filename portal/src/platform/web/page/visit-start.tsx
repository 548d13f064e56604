const key = 'fettle-visit'

/**
 * In the head of every page, those without other scripts included: keeps the address and the referrer of the page a visit began
 * with, in this tab and as long as it is open. A campaign link leads to a page that is read; the inquiry is sent from another.
 */
const script = `try { sessionStorage['${key}'] ||= JSON.stringify([location.href, document.referrer]) } catch {}`

export function VisitStartScript({ nonce }: { nonce?: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant text; React writes scripts no other way
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
}

/** The page this visit began with; in the browser only. */
export function visitStart(): { address: string; referrer: string } {
  try {
    const [address, referrer] = JSON.parse(sessionStorage.getItem(key) ?? '[]') as unknown[]
    if (typeof address === 'string' && typeof referrer === 'string') return { address, referrer }
  } catch {
    // storage is forbidden
  }
  return { address: performance.getEntriesByType('navigation')[0]?.name ?? location.href, referrer: document.referrer }
}
