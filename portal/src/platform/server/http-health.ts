import type { Hono } from 'hono'
import type { HttpEnv } from './http.ts'
import type { Platform } from './platform.ts'

/** /healthz: this process answers. /readyz: it can serve, so a balancer may send visitors; not while it drains or the database is away. */
export function mountHealth(app: Hono<HttpEnv>, platform: Platform, draining: AbortSignal): void {
  app.get('/healthz', c => {
    c.set('route', 'asset')
    return c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' })
  })
  app.get('/readyz', async c => {
    c.set('route', '/readyz')
    const database = await answers(platform)
    const ready = database && !draining.aborted
    const status = ready ? 'ready' : draining.aborted ? 'draining' : 'waiting for the database'
    return c.json({ status, database: database ? 'ok' : 'unreachable' }, ready ? 200 : 503, { 'cache-control': 'no-store' })
  })
}

async function answers(platform: Platform): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the database did not answer within 2 s')), 2000)
    })
    await Promise.race([platform.database.pool.query('select 1'), late])
    return true
  } catch (error) {
    platform.log.warn({ error }, 'database not ready')
    return false
  } finally {
    clearTimeout(timer)
  }
}
