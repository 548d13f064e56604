import { z } from 'zod'
import { StartFailure } from './start-failure.ts'

const words = z.union([z.string().min(1).max(60), z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) })])

const provider = z.strictObject({
  /** stands in addresses: 'keycloak' */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/),
  /** on the button: "Sign in with …" */
  name: words.transform(name => (typeof name === 'string' ? { 'zh-CN': name, en: name } : name)),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  for: z.enum(['staff', 'customers']),
  /** only these e-mail domains; for staff they also let the provider speak for an existing account of that address */
  emailDomains: z.array(z.string().toLowerCase()).min(1).optional(),
  groupsClaim: z.string().default('groups'),
  /** only members of one of these groups */
  groups: z.array(z.string()).min(1).optional(),
  /** staff roles by group; an unknown colleague in one of them gets an account at his first sign-in */
  roles: z.record(z.string(), z.enum(['admin', 'sales', 'product', 'service', 'marketing'])).default({}),
  scope: z.string().default('openid email profile'),
  /**
   * the portal asks for no second factor where the token says that the provider did: true: `amr` holds `mfa` (RFC 8176);
   * a list: `acr` is one of them
   */
  secondFactor: z.union([z.boolean(), z.array(z.string().min(1)).min(1)]).default(false),
  /** how long ago somebody may have signed in at the provider; he does so again where it is longer */
  maxAgeMinutes: z.int().min(0).max(43_200).optional(),
})

/** A provider of OpenID Connect that may say who somebody is. */
export type OidcProvider = z.output<typeof provider>

/** The providers in a setting, JSON. Throws StartFailure naming the place and the remedy, never the value, which holds secrets. */
export function readOidcProviders(text: string | null): OidcProvider[] {
  if (text === null) return []
  const result = z.array(provider).max(20).safeParse(parse(text))
  if (!result.success) {
    const [issue] = result.error.issues
    throw new StartFailure(`OIDC_PROVIDERS: ${issue!.path.join('.') || 'the whole'}: ${issue!.message}. ${remedy}`)
  }
  const twice = result.data.find(({ id }, index) => result.data.findIndex(other => other.id === id) !== index)
  if (twice) throw new StartFailure(`OIDC_PROVIDERS: the id "${twice.id}" stands twice. Give each provider an id of its own.`)
  return result.data
}

const remedy = 'Set it as docs/guides/single-sign-on.md shows.'

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new StartFailure(`OIDC_PROVIDERS is not JSON. ${remedy}`)
  }
}
