/**
 * In the head of every page, those without other scripts included: tells the portal that a visit began, once in a tab, by what readSource
 * of the tracker reads. A tab that the portal's own pages opened goes on with the same visit; the console is no visit, and who asks
 * not to be counted tells nothing. Nothing is stored on the device but that this tab has been counted.
 */
const script = `try {
  const at = location, by = navigator, from = document.referrer && new URL(document.referrer)
  if (!sessionStorage['fettle-counted'] && !/\\/console|%2Fconsole|\\/set-up/.test(at.href)) {
    sessionStorage['fettle-counted'] = 1
    if (from.host !== at.host && !by.globalPrivacyControl && by.doNotTrack != 1) {
      const of = new URLSearchParams(at.search), short = text => text?.slice(0, 200) || undefined
      const source = { utm_source: short(of.get('utm_source')), qr: short(of.get('qr')), referrer: short(from.host) }
      by.sendBeacon('/api/v1/facts', new Blob([JSON.stringify({ fact: 'visits', source })], { type: 'application/json' }))
    }
  }
} catch {}`

/** A browser has it from the server, and need not fetch it again with the scripts. */
const markup = { __html: import.meta.env.SSR ? script : '' }

export function CountVisitScript({ nonce }: { nonce?: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant text; React writes scripts no other way
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={markup} />
}
