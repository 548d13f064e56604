import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { isLoopback } from './config.ts'
import type { HttpEnv } from './http.ts'
import { platformFailure } from './http-failures.ts'
import type { Platform } from './platform.ts'

/**
 * GET /metrics for Prometheus. With METRICS_TOKEN to who shows it; without, to programs on this machine, and only where nothing hints
 * at a proxy that would make the whole world look like this machine. Everybody else finds nothing here.
 */
export function mountMetrics(app: Hono<HttpEnv>, platform: Platform): void {
  app.get('/metrics', async c => {
    if (!mayRead(c, platform)) throw platformFailure('not-found')
    c.set('route', '/metrics')
    const { contentType, text } = await platform.metrics.read()
    return c.body(text, 200, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
}

function mayRead(c: Context<HttpEnv>, { config }: Platform): boolean {
  if (config.metricsToken !== null) return isToken(c.req.header('authorization'), config.metricsToken)
  const near = [new URL(config.publicUrl).hostname, new URL(c.req.url).hostname, c.env?.incoming?.socket.remoteAddress ?? '']
  return near.every(isLoopback) && config.trustProxy === 0 && !forwarding.some(name => c.req.header(name) !== undefined)
}

const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/** In a time that does not depend on how much of it is right. */
function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
