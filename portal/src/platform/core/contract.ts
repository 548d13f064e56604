import type { z } from 'zod'

/**
 * One HTTP operation under /api/v1, written once: the server validates by it, the client is typed by it,
 * the OpenAPI document is generated from it.
 */
export interface Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> {
  /** operationId, `feature.verbNoun`: 'sales.submitInquiry' */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** below /api/v1, parameters in braces: '/leads/{leadId}' */
  path: `/${string}`
  summary: string
  access: Access
  params?: Params
  query?: Query
  /** JSON, or `fileBody` */
  body?: Body
  /** JSON, `fileAnswer` or `eventStream`. Absent: 204 without content. */
  result?: Result
  /**
   * upload: the body is `fileBody`, a file's bytes. download: the result is `fileAnswer`. events: it is `eventStream`. Said here too, since
   * browsers have no schemas.
   */
  transfers?: 'upload' | 'download' | 'events'
  /** success status; default 200, or 204 without a result */
  status?: 200 | 201 | 202 | 204
  /** The result carries an ETag; the edit demands If-Match with it. */
  concurrency?: 'etag' | 'if-match'
  /** Needs a fresh second confirmation with a reason (header Confirmation). The route says what is confirmed, and when a call may go without. */
  confirm?: true
  /**
   * refused: an API key cannot call it, although its access would let it: what is for a person's own hand. See `openToKeys`. only: nothing
   * but an API key can.
   */
  keys?: 'refused' | 'only'
  /** An Idempotency-Key means nothing here, since each try must be seen (signing in) or a second does no harm. Default: it is obeyed. */
  idempotency?: 'ignored'
  /**
   * The action this operation leaves in the audit log, 'lead.changed'; `sometimes`: where there was something to do; `none`: why it
   * leaves no trace there. Every operation that changes something says one of the three.
   */
  audit?: string | { sometimes: string } | { none: string }
  /** problem types this operation may answer with beyond those every operation has */
  problems?: string[]
  /** bytes; default 256 KiB */
  bodyLimit?: number
  /** rate limit it is counted with, where its method and access do not say it: tries to sign in, what takes seconds of work, what a page tells by itself */
  limit?: 'sign-in' | 'export' | 'upload' | 'fact'
}

/**
 * public: anybody. signed-in: any account. staff, customer: an account of that side with that permission; both: either.
 * Whose data a customer sees is decided in the use case, by his company.
 */
export type Access = 'public' | 'signed-in' | { staff: string } | { customer: string } | { staff: string; customer: string }

/**
 * Whether an API key may call it at all. What is a person's own affair (access 'signed-in') is not for programs, nor is what he has
 * to confirm himself, nor what its definition refuses to keys.
 */
export const openToKeys = ({ access, confirm, keys }: Pick<AnyEndpoint, 'access' | 'confirm' | 'keys'>): boolean =>
  access !== 'signed-in' && !confirm && keys !== 'refused'

/**
 * Below this path lies what a token for pages of other sites opens, and nothing else does. Such pages may read the answers there; who is
 * signed in, or comes by a key, reads them too.
 */
export const embedPath = '/embed/'

/** Gives a definition its exact type; does nothing else. */
export function endpoint<
  Params extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Body extends z.ZodType = z.ZodUndefined,
  Result extends z.ZodType = z.ZodUndefined,
>(definition: Endpoint<Params, Query, Body, Result>): Endpoint<Params, Query, Body, Result> {
  return definition
}

// biome-ignore lint/suspicious/noExplicitAny: the variance of zod types leaves no other name for "some endpoint"
export type AnyEndpoint = Endpoint<any, any, any, any>

/** What a caller hands over: `{ params, query, body, ifMatch }`, only the parts the endpoint has. */
export type CallInput<E extends AnyEndpoint> = Part<'params', NonNullable<E['params']>> &
  Part<'query', NonNullable<E['query']>, true> &
  Part<'body', NonNullable<E['body']>> & {
    ifMatch?: string
    idempotencyKey?: string
    /** the token of a second confirmation, for an endpoint with `confirm` */
    confirmation?: string
  }

type Part<Name extends string, Schema, Optional = false> = Schema extends z.ZodType
  ? z.input<Schema> extends undefined
    ? unknown
    : Optional extends true
      ? { [K in Name]?: z.input<Schema> }
      : Record<never, never> extends z.input<Schema>
        ? { [K in Name]?: z.input<Schema> }
        : { [K in Name]: z.input<Schema> }
  : unknown

export type CallResult<E extends AnyEndpoint> =
  NonNullable<E['result']> extends z.ZodType ? z.output<NonNullable<E['result']>> : undefined

/** Page of a list: opaque cursor, null at the end. */
export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}
