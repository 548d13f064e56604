import type { AnyEndpoint, CallInput, CallResult } from './contract.ts'
import type { OutgoingFile } from './files.ts'
import { type Problem, ProblemError } from './problem.ts'

/** The HTTP call the client needs: the browser's fetch, or the app itself during server rendering. */
export type Send = (path: string, request: Outgoing) => Promise<Answer>

export interface Outgoing {
  method: string
  headers: Record<string, string>
  /** JSON */
  body?: string
  /** instead of a body: a file's bytes */
  file?: OutgoingFile
  /** an AbortSignal */
  signal?: { readonly aborted: boolean }
}

export interface Answer {
  status: number
  headers: { get(name: string): string | null }
  json(): Promise<unknown>
}

export interface Api {
  /** Calls the endpoint; throws ProblemError for a problem answer. */
  call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<CallResult<E>>
  /** The same, with the answer's ETag for a later If-Match. */
  callWithEtag<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<{ value: CallResult<E>; etag: string }>
  /** For an endpoint that answers a file: the answer as `Send` gave it, its content not yet read. Throws ProblemError for a problem answer. */
  fetchFile<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, signal?: Outgoing['signal']): Promise<Answer>
}

export function createApi(send: Send): Api {
  async function ask<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, signal?: Outgoing['signal']): Promise<Answer> {
    const { params, query, body, ifMatch, idempotencyKey, confirmation } = input as Record<string, unknown>
    const path =
      fillPath(endpoint.path, params as Record<string, unknown> | undefined) +
      queryString(query as Record<string, unknown> | undefined)
    const headers: Record<string, string> = { accept: 'application/json' }
    const file = endpoint.transfers === 'upload' ? (body as OutgoingFile) : undefined
    if (body !== undefined) headers['content-type'] = file ? 'application/octet-stream' : 'application/json'
    if (file) headers['x-file-name'] = encodeURIComponent(file.name.toWellFormed())
    if (ifMatch) headers['if-match'] = ifMatch as string
    if (idempotencyKey) headers['idempotency-key'] = idempotencyKey as string
    if (confirmation) headers.confirmation = confirmation as string
    const answer = await send(`/api/v1${path}`, {
      method: endpoint.method,
      headers,
      ...(file ? { file } : body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (answer.status >= 400) throw new ProblemError((await answer.json()) as Problem)
    return answer
  }
  async function perform<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>) {
    const answer = await ask(endpoint, input)
    const value = (answer.status === 204 ? undefined : await answer.json()) as CallResult<E>
    return { value, etag: answer.headers.get('etag') ?? '' }
  }
  return {
    call: async (endpoint, input) => (await perform(endpoint, input)).value,
    callWithEtag: perform,
    fetchFile: ask,
  }
}

/** The endpoint's path with its parameters filled in, below /api/v1. */
export function fillPath(path: string, params: Record<string, unknown> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function queryString(query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(one => one !== undefined && one !== null && one !== '')
      .map(one => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  )
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}
