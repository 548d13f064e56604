import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { organization } from 'better-auth/plugins/organization'
import { z } from 'zod'
import { notFound, type Platform } from '#platform/server'
import { passwordLength } from '../core/password.ts'
import { ambientDialect } from './ambient-dialect.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { sealing } from './sealed-adapter.ts'

export const sessionCookie = 'fettle_session'

/**
 * The account library (better-auth) under our table names, without its own HTTP: our endpoints call its functions.
 * Its user is our person, its account our credential, its organization our company.
 */
function createLibrary(platform: Platform) {
  const { database, config, log } = platform
  return betterAuth({
    appName: 'Fettle',
    baseURL: config.publicUrl,
    basePath: '/api/v1/auth/library',
    secret: config.sessionSecret,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: {
      // its messages may carry an address: only the fact is kept, the failure itself is thrown
      log: level => {
        if (level === 'error') log.error({ source: 'better-auth' }, 'the account library reported an error')
      },
    },
    database: { dialect: ambientDialect(database), type: 'postgres', transaction: false },
    advanced: {
      useSecureCookies: false, // Secure and the prefix of the name are added on the way out, where the visitor came by https
      cookiePrefix: 'fettle',
      cookies: { session_token: { name: sessionCookie } },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => platform.newId() },
    },
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      requireEmailVerification: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
      password: { hash: hashPassword, verify: isPassword },
    },
    user: {
      modelName: 'person',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        kind: { type: 'string', input: false, defaultValue: 'customer' },
        language: { type: 'string', required: false },
        phone: { type: 'string', required: false },
        deactivatedAt: { type: 'date', required: false, input: false, fieldName: 'deactivated_at' },
        emailDigest: { type: 'string', required: false, input: false, returned: false, fieldName: 'email_digest' },
        phoneDigest: { type: 'string', required: false, input: false, returned: false, fieldName: 'phone_digest' },
      },
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'person_id',
        providerId: 'provider_id',
        accountId: 'provider_account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      expiresIn: Math.max(config.sessions.staff.hours, config.sessions.customer.hours) * 60 * 60,
      disableSessionRefresh: true,
      additionalFields: { lastSeenAt: { type: 'date', required: false, input: false, fieldName: 'last_seen_at' } },
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'one_time_token',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      sealing(platform.vault),
      sessions,
      organization({
        schema: {
          organization: {
            modelName: 'company',
            fields: { createdAt: 'created_at' },
            additionalFields: { sole: { type: 'boolean', required: false, defaultValue: false } },
          },
          member: {
            modelName: 'company_member',
            fields: { organizationId: 'company_id', userId: 'person_id', createdAt: 'created_at' },
          },
          invitation: {
            modelName: 'company_invitation',
            fields: {
              organizationId: 'company_id',
              inviterId: 'inviter_id',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
            },
            additionalFields: {
              emailDigest: { type: 'string', required: false, input: false, returned: false, fieldName: 'email_digest' },
            },
          },
          session: { fields: { activeOrganizationId: 'active_company_id' } },
        },
      }),
    ],
  })
}

/** The library opens sessions inside its own ways of signing in only; ours (a second step, a passkey, a provider) need one too. */
const sessions = {
  id: 'fettle-sessions',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ personId: z.string(), remember: z.boolean() }) },
      async ctx => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.personId)
        if (!user) throw notFound({ 'zh-CN': '账户', en: 'account' })
        const session = await internalAdapter.createSession(user.id, !ctx.body.remember)
        await setSessionCookie(ctx, { session, user }, !ctx.body.remember)
        return { sessionId: session.id }
      },
    ),
  },
} satisfies BetterAuthPlugin

export type AccountLibrary = ReturnType<typeof createLibrary>

const libraries = new WeakMap<Platform, AccountLibrary>()

/** The library on this platform; made at the first call. */
export function accountLibrary(platform: Platform): AccountLibrary {
  const known = libraries.get(platform)
  if (known) return known
  const library = createLibrary(platform)
  libraries.set(platform, library)
  return library
}

/** The error code of a refusal by the library, null for anything else. */
export function libraryRefusal(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'APIError') return null
  const body = (error as { body?: { code?: unknown } }).body
  return typeof body?.code === 'string' ? body.code : 'UNKNOWN'
}
