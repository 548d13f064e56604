import { z } from 'zod'
import { endpoint } from '#platform/core'

const redirect = z.object({
  id: z.string(),
  old: z.string(),
  target: z.string(),
  /** how often it has led somebody */
  hits: z.number().int(),
  /** ISO 8601, UTC */
  lastHitAt: z.string().nullable(),
})
export type RedirectView = z.output<typeof redirect>

const access = { staff: 'redirect.manage' } as const

export const listRedirects = endpoint({
  id: 'redirects.listRedirects',
  method: 'GET',
  path: '/redirects',
  summary: 'Addresses of the site before, and where they lead now, by address',
  access,
  query: z.object({
    /** part of either address */
    search: z.string().trim().max(200).optional(),
    cursor: z.string().max(5000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({ items: z.array(redirect), nextCursor: z.string().nullable(), total: z.number().int() }),
})

const outcome = z.object({ added: z.number().int(), changed: z.number().int(), same: z.number().int() })
const body = z.strictObject({ text: z.string().min(1).max(2_000_000) })
const bodyLimit = 3_000_000

export const checkRedirects = endpoint({
  id: 'redirects.checkRedirects',
  method: 'POST',
  path: '/redirects/check',
  summary: 'What a list of old and new addresses would change, or every line that is wrong. Nothing is kept',
  access,
  audit: { none: 'it changes nothing' },
  body,
  bodyLimit,
  idempotency: 'ignored',
  limit: 'export',
  result: outcome,
  problems: ['redirects-invalid', 'too-many-redirects'],
})

export const importRedirects = endpoint({
  id: 'redirects.importRedirects',
  method: 'POST',
  path: '/redirects/import',
  summary: 'A list of old and new addresses, two on a line. Nothing is kept where a line is wrong',
  access,
  audit: 'redirect.imported',
  body,
  bodyLimit,
  idempotency: 'ignored',
  limit: 'export',
  result: outcome,
  problems: ['redirects-invalid', 'too-many-redirects'],
})

export const removeRedirect = endpoint({
  id: 'redirects.removeRedirect',
  method: 'DELETE',
  path: '/redirects/{redirectId}',
  summary: 'Let an old address lead nowhere again',
  access,
  audit: 'redirect.removed',
  params: z.object({ redirectId: z.uuid() }),
})
