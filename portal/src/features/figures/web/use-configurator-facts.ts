import { readSource } from '@fettle/tracker'
import { useEffect } from 'react'
import { visitStart } from '#platform/web'

/** A pause beyond this is no time on the configurator. ms */
const longestPause = 60_000
const signsOfLife = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'visibilitychange'] as const

/**
 * Tells the portal that a product's configurator was opened, that something was chosen, both once in this tab, and how long somebody
 * was active when he leaves. configured: whether he has chosen something himself
 */
export function useConfiguratorFacts(product: string, configured: boolean): void {
  useEffect(() => tellOnce('opened', product), [product])
  useEffect(() => {
    if (configured) tellOnce('configured', product)
  }, [product, configured])
  useEffect(() => {
    let active = 0
    let last = performance.now()
    const live = () => {
      const now = performance.now()
      active += Math.min(now - last, longestPause)
      last = now
    }
    const leave = () => {
      live()
      const seconds = Math.round(active / 1000)
      if (seconds > 0) tell({ fact: 'stay', product, seconds })
      active = 0
    }
    const listening = { capture: true, passive: true }
    for (const sign of signsOfLife) document.addEventListener(sign, live, listening)
    window.addEventListener('pagehide', leave)
    return () => {
      for (const sign of signsOfLife) document.removeEventListener(sign, live, listening)
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [product])
}

function tellOnce(fact: 'opened' | 'configured', product: string): void {
  const key = `fettle-${fact}:${product}`
  try {
    if (sessionStorage.getItem(key)) return
    sessionStorage.setItem(key, '1')
  } catch {
    return // where nothing can be remembered it would be counted again and again
  }
  const { address, referrer } = visitStart()
  const { utm_source, qr, referrer: host } = readSource(address, referrer)
  tell({ fact, product, source: { utm_source, qr, referrer: host } })
}

function tell(fact: object): void {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & { globalPrivacyControl?: boolean }
  if (globalPrivacyControl || doNotTrack === '1') return
  navigator.sendBeacon('/api/v1/facts', new Blob([JSON.stringify(fact)], { type: 'application/json' }))
}
