import type { Context } from 'hono'
import { pathIn } from '#platform/core'
import type { HttpEnv, Platform, ServerFeature } from '#platform/server'
import { findProvider } from './providers.ts'
import { ProviderRefusal, returnFromProvider } from './sign-in-at-provider.ts'

const stateCookie = 'fettle_provider'

/**
 * The address a provider sends the browser back to, GET /api/v1/auth/oidc/{provider}/callback. Answers with a redirect; a refusal
 * leads to the sign-in page, which says why.
 */
export const mountProviders: ServerFeature['mount'] = (app, platform) => {
  app.get('/api/v1/auth/oidc/:provider{[a-z0-9-]{1,30}}/callback', async c => {
    c.set('route', '/auth/oidc/{provider}/callback')
    await c.get('limit')('sign-in')
    const provider = findProvider(platform, c.req.param('provider'))
    const acting = { actor: { kind: 'visitor' }, address: c.get('address'), requestId: c.get('requestId') } as const
    return platform.audit.acting(acting, () =>
      orSignIn(c, async () => {
        try {
          return await comeBack(c, platform, provider)
        } catch (error) {
          if (error instanceof ProviderRefusal) await noteRefusal(platform, provider, error)
          throw error
        }
      }),
    )
  })
}

const noteRefusal = (platform: Platform, { id }: { id: string }, { reason }: ProviderRefusal): Promise<void> =>
  platform.audit.refuse({ action: 'account.signed-in', facts: { by: [`oidc:${id}`], why: reason } })

/** The answer counts only in the browser that has this. */
export const providerCookie = (state: string): string => `${stateCookie}=${state}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax`

type C = Context<HttpEnv>

async function comeBack(c: C, platform: Platform, provider: ReturnType<typeof findProvider>): Promise<Response> {
  const cookies = c.req.header('cookie') ?? ''
  const account = await c.get('account')()
  const { next, linked, entered } = await returnFromProvider(platform, {
    provider,
    query: new URL(c.req.url).search,
    state: new RegExp(`(?:^|;\\s*)${stateCookie}=([\\w-]{32})(?:;|$)`).exec(cookies)?.[1] ?? null,
    accountId: account?.via.kind === 'session' ? account.id : null,
    language: c.get('language'),
    visitor: {
      address: c.get('address'),
      userAgent: c.req.header('user-agent') ?? '',
      cookies,
    },
  })
  if (linked || !entered) return redirect(c, next ?? '/account', [])
  if (entered.secondStep) {
    // behind the '#', where neither logs nor other pages see it
    const step = Buffer.from(JSON.stringify(entered.secondStep)).toString('base64url')
    return redirect(c, `${pathIn(c.get('language'), '/sign-in')}${nextOf(next)}#second-step=${step}`, [])
  }
  return redirect(c, next ?? (entered.account?.kind === 'staff' ? '/console' : '/account'), entered.cookies)
}

const nextOf = (next: string | null): string => (next ? `?next=${encodeURIComponent(next)}` : '')

async function orSignIn(c: C, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    return redirect(c, `${pathIn(c.get('language'), '/sign-in')}?refused=${error.reason}`, [])
  }
}

function redirect(c: C, to: string, cookies: readonly string[]): Response {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  c.header('cache-control', 'no-store')
  return c.redirect(to, 302)
}
