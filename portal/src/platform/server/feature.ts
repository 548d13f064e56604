import type {
  Access,
  AnyEndpoint,
  CallInput,
  CallResult,
  DomainEvent,
  EventName,
  EventTypes,
  Language,
  LocalizedText,
} from '#platform/core'
import type { Platform } from './platform.ts'

/** A capability's server side: one value, listed by hand in app/features.ts. */
export interface ServerFeature {
  name: string
  routes?: Route[]
  /** listeners by event name; called at least once per event, idempotent by event id */
  on?: { [Name in EventName]?: Listener<Name>[] }
  /** job handlers by job name */
  jobs?: Record<string, JobHandler>
  /** cron expressions (UTC) by job name */
  schedules?: Record<string, string>
  /** raw Hono routes for what is not an API call: files, redirects, streams */
  mount?: (app: import('hono').Hono<import('./http.ts').HttpEnv>, platform: Platform) => void
  /** permission -> roles that have it */
  permissions?: Record<string, readonly string[]>
  /** what /problems/{type} says of the problem types this feature answers with, by type */
  problems?: Record<string, import('./http-failures.ts').ProblemDescription>
  /** what it sends to programs of others, by type: stands under `webhooks` of the OpenAPI document */
  messages?: Readonly<Record<string, { summary: string; body: import('zod').z.ZodType }>>
  /** topics of /api/v1/live that browsers may listen to, and who may: { leads: { staff: 'lead.read' } } */
  topics?: Record<string, Access>
  /**
   * Called after a restore, before a portal may start on the restored database: what has happened since the backup and must not come
   * undone is done again, from a journal in `DATA_DIR/journal/`. Lines there outlive the database. It may be called twice.
   */
  afterRestore?(platform: Platform): Promise<void>
  /** Called when a portal opens, before messages of devices come. */
  start?(platform: Platform): void
  /** Called when a portal stops and its database is still there: what this process holds in memory is written. */
  stop?(platform: Platform): Promise<void>
  /** its pages that everybody may see and search engines should know, for the sitemap and for who is told of changes */
  publicPages?(platform: Platform): Promise<PublicPage[]>
  /** its pages that stand beside the reference of the API, for programmers; path without language */
  reference?: readonly { path: string; title: LocalizedText }[]
  /** How mails look; of one feature at most. */
  mailLook?(platform: Platform, language: Language): Promise<import('./mail-layout.ts').MailLook>
  /** what of it is set up in the console and moves to another installation, part by part; see docs/guides/moving-settings.md */
  configuration?: readonly import('./configuration.ts').ConfigurationPart[]
  /** what it has to do with devices on the wire: who they are, what is done with what they say */
  broker?: import('./broker.ts').BrokerPart
  /** what it holds of people, table by table */
  personal?: import('./personal.ts').PersonalData
}

export interface PublicPage {
  /** without language: '/products/vmc-850' */
  path: string
  /** when what it shows last changed; null: nobody knows */
  changedAt: Date | null
  /** path without language of the picture shown where it is shared */
  picture?: string
}

/** name: stable, it names the cursor: 'sales.open-lead' */
export interface Listener<Name extends EventName> {
  name: string
  handle(event: DomainEvent<Name, EventTypes[Name]>, platform: Platform): Promise<void>
}

export interface JobHandler {
  /**
   * Runs in a transaction together with the mark that the job is done: what it writes happens once, however often the job
   * is begun.
   */
  handle(data: unknown, context: JobContext): Promise<void>
  /**
   * It talks to the world outside the database, at length: no transaction is held for it, and it may be done again where the
   * portal is killed before the mark. What it writes itself must be idempotent by job id.
   */
  outside?: true
  /** tries after the first; default 5, with exponential backoff */
  retries?: number
}

export interface JobContext {
  platform: Platform
  jobId: string
  /** whether the job will not be tried again when this try fails */
  lastTry: boolean
}

export interface Route {
  endpoint: AnyEndpoint
  handle: (input: never, context: RequestContext) => Promise<unknown>
  /** for an endpoint with `confirm` */
  confirm?: (input: never, context: RequestContext) => Promise<ConfirmedAct | null>
}

/** What has to be confirmed before it is done. */
export interface ConfirmedAct {
  /** as a sentence that names whom or what: 'Make 李雷 an administrator' */
  what: LocalizedText
  /** id of what it is done to */
  target: string
  /** the permission of the staff of whom a second one has to approve; absent: one person is enough */
  second?: string
}

/** A confirmation that was given. */
export interface Confirmed {
  /** why, in the words of who does it */
  reason: string
  /** whether a second person was due, though there may have been nobody else */
  secondDue: boolean
  /** the second person; null where none was needed, or there was nobody else */
  approvedBy: string | null
}

/**
 * Binds an endpoint to its use case; the input is what the schemas let through.
 * confirm: what the call needs a second confirmation for; null where this call needs none. The use case then runs in the
 * transaction that spends the confirmation.
 */
export function route<E extends AnyEndpoint>(
  endpoint: E,
  handle: (input: RouteInput<E>, context: RequestContext) => Promise<RouteResult<E>>,
  confirm?: (input: RouteInput<E>, context: RequestContext) => Promise<ConfirmedAct | null>,
): Route {
  return {
    endpoint,
    handle: handle as Route['handle'],
    ...(confirm ? { confirm: confirm as NonNullable<Route['confirm']> } : {}),
  }
}

type Parsed<Schema> =
  NonNullable<Schema> extends import('zod').z.ZodType ? import('zod').z.output<NonNullable<Schema>> : undefined

export interface RouteInput<E extends AnyEndpoint> {
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  body: Parsed<E['body']>
  /** the version in If-Match, for an endpoint with concurrency 'if-match' */
  ifMatch: string
}

/** The result, or with `etag` where the endpoint has concurrency. */
export type RouteResult<E extends AnyEndpoint> = CallResult<E> | { value: CallResult<E>; etag: string }

export type { CallInput }

export interface RequestContext {
  platform: Platform
  /** who asks; null: nobody signed in */
  account: Account | null
  /** whether the account has a role that has the permission */
  may(permission: string): boolean
  /** the second confirmation of this call; null where it needed none */
  confirmed: Confirmed | null
  language: Language
  requestId: string
  now: Date
  /** origin the visitor used: https://portal.example.com */
  origin: string
  headers: { get(name: string): string | null }
  /** remote address, for rate limits and audit only */
  address: string
  setCookie(header: string): void
}

/** A signed-in person as features see him. */
export interface Account {
  id: string
  kind: 'staff' | 'customer'
  name: string
  email: string
  /** of staff: admin, sales …; of a customer: his role in the company */
  roles: string[]
  /** the customer's company; null for staff */
  companyId: string | null
  emailVerified: boolean
  /**
   * what he comes with: a browser's session; an API key, which may what its scopes and his roles both allow; or a token that his key has given
   * to a page of another site, which opens what lies below `embedPath`, `until` then. only: ids of what it is about; null: all that he sees
   */
  via:
    | { kind: 'session' }
    | { kind: 'api-key'; scopes: readonly string[] }
    | { kind: 'embed'; scopes: readonly string[]; only: readonly string[] | null; until: Date }
  /** of the session, or of the key */
  sessionId: string
}
