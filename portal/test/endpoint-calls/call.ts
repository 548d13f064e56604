import type { PermissionName } from '#features/accounts/core'
import type { Access } from '#platform/core'
import type { Company, World } from '../two-companies.ts'

/** How one operation is called so that it succeeds for whoever may, and whose rows it is about. */
export interface Call {
  /** Makes what the call needs, of the company `own`; anew for every visitor who is let in. */
  call(world: World, caller: Caller): Input | Promise<Input>
  /** The row belongs to the company: people of another get 404. Absent: whoever has the permission reaches it. */
  rows?: 'company'
  /** Whether a list holds the row of the company; it must not for people of another. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer read from JSON
  shows?(answer: any, company: Company): boolean
  /** each visitor comes with a session of his own, which the call ends, or with it others of his */
  endsSession?: 'own' | 'others'
  /** status of success where it is not the endpoint's */
  answers?: number
  /** for what the document lists beside the endpoints */
  operation?: { method: 'GET'; path: `/${string}`; access: Access; status: 200 }
}

export interface Caller {
  password: string
  /** what he may give an API key */
  scopes: readonly PermissionName[]
}

export interface Input {
  params?: Record<string, string>
  query?: Record<string, string | number>
  body?: unknown
  /** the content of a file, instead of a body */
  file?: string | Uint8Array<ArrayBuffer>
  ifMatch?: string
}

export const none = { call: () => ({}) }

export const password = 'a bench, a vice and a file'

export const freshEmail = () => `${crypto.randomUUID()}@visitor.example`
