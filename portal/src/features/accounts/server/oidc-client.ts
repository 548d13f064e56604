import type { Configuration } from 'openid-client'
import type { OidcProvider, Platform } from '#platform/server'

/** What a provider says of somebody, checked: signature, issuer, audience, nonce, times (OpenID Connect Core 3.1.3.7). */
export interface Claims {
  /** who he is there, for good */
  subject: string
  /** null where the provider has none, or has not verified it */
  email: string | null
  name: string | null
  groups: string[]
  /** the token says that more than one factor was asked for, as the settings want it said */
  twoFactors: boolean
}

/** The secrets of one sign-in at a provider, kept until he comes back. */
export interface Attempt {
  state: string
  nonce: string
  codeVerifier: string
  redirectUri: string
}

/** Where to send the browser: authorization code with PKCE, state and nonce. */
export async function authorizationUrl(platform: Platform, provider: OidcProvider, attempt: Attempt): Promise<URL> {
  const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library()
  return buildAuthorizationUrl(await configurationOf(platform, provider), {
    redirect_uri: attempt.redirectUri,
    scope: provider.scope,
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
    code_challenge_method: 'S256',
    ...(Array.isArray(provider.secondFactor) ? { acr_values: provider.secondFactor.join(' ') } : {}),
    ...(provider.maxAgeMinutes === undefined ? {} : { max_age: String(provider.maxAgeMinutes * 60) }),
  })
}

/** Redeems the code the browser has brought back. Throws where anything the provider says does not hold. query: of the callback, with its `?` */
export async function claimsOf(platform: Platform, provider: OidcProvider, attempt: Attempt, query: string): Promise<Claims> {
  const { authorizationCodeGrant, fetchUserInfo } = await library()
  const configuration = await configurationOf(platform, provider)
  const tokens = await authorizationCodeGrant(configuration, new URL(query, attempt.redirectUri), {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.codeVerifier,
    idTokenExpected: true,
    ...(provider.maxAgeMinutes === undefined ? {} : { maxAge: provider.maxAgeMinutes * 60 }),
  })
  const token = tokens.claims()!
  const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined
  const more = token.email === undefined && hasUserInfo ? await fetchUserInfo(configuration, tokens.access_token, token.sub) : {}
  const said = { ...more, ...token } as Record<string, unknown>
  const groups = said[provider.groupsClaim]
  return {
    subject: token.sub,
    email: said.email_verified === true && typeof said.email === 'string' ? said.email : null,
    name: typeof said.name === 'string' ? said.name.slice(0, 100) : null,
    groups: Array.isArray(groups) ? groups.filter(group => typeof group === 'string') : [],
    twoFactors: saysTwoFactors(provider, token),
  }
}

/** Only the signed token counts, and what it does not say was not done. */
function saysTwoFactors({ secondFactor }: OidcProvider, { amr, acr }: Record<string, unknown>): boolean {
  if (Array.isArray(secondFactor)) return typeof acr === 'string' && secondFactor.includes(acr)
  return secondFactor && Array.isArray(amr) && amr.includes('mfa')
}

/** Loaded when first wanted. */
const library = () => import('openid-client')

const configurations = new WeakMap<OidcProvider, Promise<Configuration>>()

/** What the provider publishes of itself, asked once; a failure is asked again. */
function configurationOf(platform: Platform, provider: OidcProvider): Promise<Configuration> {
  const known = configurations.get(provider)
  if (known) return known
  const asked = discover(platform, provider)
  configurations.set(provider, asked)
  asked.catch(() => configurations.delete(provider))
  return asked
}

async function discover({ config }: Platform, { issuer, clientId, clientSecret }: OidcProvider): Promise<Configuration> {
  const { allowInsecureRequests, ClientSecretBasic, discovery, enableNonRepudiationChecks, None } = await library()
  const insecure = config.mode !== 'production' && issuer.startsWith('http:') // a provider on this machine, for trying out
  return discovery(new URL(issuer), clientId, undefined, clientSecret ? ClientSecretBasic(clientSecret) : None(), {
    timeout: 10,
    // the library leaves the signature of an ID token to TLS unless told to check it
    execute: [enableNonRepudiationChecks, ...(insecure ? [allowInsecureRequests] : [])],
  })
}
