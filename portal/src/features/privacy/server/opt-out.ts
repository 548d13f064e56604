import type { ServerFeature } from '#platform/server'

/**
 * Global Privacy Control (https://w3c.github.io/gpc/): says that the portal honours it. Where a browser sends the signal, an inquiry is
 * kept without where the visit came from (sales/server/submit-inquiry.ts).
 */
export const mountOptOut: ServerFeature['mount'] = app => {
  app.get('/.well-known/gpc.json', c => {
    c.set('route', '/.well-known/gpc.json')
    c.header('cache-control', 'public, max-age=86400')
    return c.json({ gpc: true, lastUpdate: '2026-11-25' })
  })
}
