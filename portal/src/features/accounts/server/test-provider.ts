import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody as the provider knows him. */
export interface Known {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
  groups?: string[]
  amr?: string[]
  acr?: string
}

/**
 * A certified provider of OpenID Connect on a port of its own, where whoever comes is `current` and agrees to everything.
 * callbacks: redirect URIs of the client 'portal', whose secret is `secret`
 */
export async function startTestProvider(callbacks: string[]) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const secret = 'the secret of the client of this test'
  const state = { current: { sub: 'nobody' } as Known, down: false, forges: false }
  const people = new Map<string, Known>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'portal', client_secret: secret, redirect_uris: callbacks, response_types: ['code'] }],
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub', 'amr', 'acr'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false, // claims in the token itself, as most providers do
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
  })
  provider.use(async (c, next) => {
    await next()
    const answer = c.body as { id_token?: string } | undefined
    if (state.forges && answer?.id_token) c.body = { ...answer, id_token: forge(answer.id_token) }
  })
  provider.on('server_error', (_, error) => console.error(error))
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (state.down) return request.socket.destroy()
    if (!request.url!.startsWith('/interaction/')) return answer(request, response)
    people.set(state.current.sub, state.current)
    const { params, grantId } = await provider.interactionDetails(request, response)
    const grant = grantId
      ? (await provider.Grant.find(grantId))!
      : new provider.Grant({ accountId: state.current.sub, clientId: 'portal' })
    grant.addOIDCScope(String(params.scope))
    const { sub, amr, acr } = state.current
    const login = { accountId: sub, ...(amr ? { amr } : {}), ...(acr ? { acr } : {}) }
    const result = { login, consent: { grantId: await grant.save() } }
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  })
  return {
    issuer,
    secret,
    state,
    close: () => server.close(),
    /** What a browser does at the provider: follows its redirects until it is sent back; answers the callback's address. */
    async visit(url: string): Promise<URL> {
      const cookies = new Map<string, string>()
      for (let next = new URL(url); ; ) {
        if (next.origin !== issuer) return next
        const cookie = [...cookies].map(pair => pair.join('=')).join('; ')
        const answer = await fetch(next, { redirect: 'manual', headers: { cookie } })
        for (const set of answer.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!
          cookies.set(name!, value!)
        }
        const location = answer.headers.get('location')
        if (!location) throw new Error(`The provider answers ${answer.status}: ${await answer.text()}`)
        next = new URL(location, next)
      }
    },
  }
}

/** The token with another name in it, under the signature it had. */
function forge(token: string): string {
  const [head, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString())
  return [head, Buffer.from(JSON.stringify({ ...claims, name: 'Somebody else' })).toString('base64url'), signature].join('.')
}
