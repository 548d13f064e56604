import type { Platform } from '#platform/server'

/** Where machines connect, as they reach it: TLS first; null: nowhere yet. */
export function deviceAddress({ broker, config }: Platform): string | null {
  const state = broker.state()
  if (state.kind === 'off') return null
  if (state.kind === 'external') return state.address
  const addresses = state.address.split(', ')
  const url = new URL(addresses.find(one => one.startsWith('mqtts:')) ?? addresses[0]!)
  // the portal listens where it stands; machines find it where its pages are
  return `${url.protocol}//${new URL(config.publicUrl).hostname}:${url.port}`
}
