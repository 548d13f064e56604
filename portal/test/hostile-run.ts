import type { OpenApi } from '../src/platform/server/http-openapi.ts'
import { type HostileRequest, hostileRequests } from './hostile-requests.ts'
import type { Known } from './hostile-values.ts'
import { judgeBy } from './judge-answer.ts'

export interface HostileRun {
  document: OpenApi
  requests: number
  seed: number
  /** sessions, by visitor; a new one where the old has ended. foreign: texts this visitor must never see */
  visitors: { signIn(): Promise<string>; foreign: readonly string[] }[]
  /** texts nobody not signed in may see */
  foreignToAll: readonly string[]
  known: Known
  secrets: readonly string[]
  send(path: string, init: RequestInit): Promise<Response>
}

export interface HostileResult {
  /** answers by status */
  statuses: Map<number, number>
  /** what was wrong, each kind once, with the request that showed it */
  complaints: Map<string, string>
  /** ms of the slowest answer, and whose it was */
  slowest: { ms: number; operation: string }
  /** operations that were answered with success at least once */
  reached: Set<string>
}

const atOnce = 8
const hangsAfterMs = 20_000

/** Sends the requests, some at once, and judges every answer. */
export async function runHostile(run: HostileRun): Promise<HostileResult> {
  const judge = judgeBy(run.document, run.secrets)
  const source = hostileRequests(run.document, { seed: run.seed, visitors: run.visitors.length, known: run.known })
  const cookies: string[] = []
  for (const visitor of run.visitors) cookies.push(await visitor.signIn())
  const result: HostileResult = {
    statuses: new Map(),
    complaints: new Map(),
    slowest: { ms: 0, operation: '' },
    reached: new Set(),
  }
  let left = run.requests

  async function one(request: HostileRequest): Promise<void> {
    const { operation, method, path, headers, body, visitor } = request
    const given = visitor < 0 || headers.cookie ? headers : { ...headers, cookie: cookies[visitor]! }
    const since = performance.now()
    const end = new AbortController()
    const answer = await withinTime(
      run.send(path, { method, headers: given, signal: end.signal, ...(body === undefined ? {} : { body: body as string }) }),
    )
    const complain = (what: string) => {
      const kind = `${operation.operationId} ${what}`
      if (!result.complaints.has(kind)) result.complaints.set(kind, describe(request))
    }
    if (answer === null) return complain('does not answer')
    const streams = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    const text = streams ? '' : await answer.text()
    if (streams) await answer.body?.cancel()
    end.abort()
    const ms = performance.now() - since
    if (ms > result.slowest.ms) result.slowest = { ms, operation: operation.operationId }
    result.statuses.set(answer.status, (result.statuses.get(answer.status) ?? 0) + 1)
    if (answer.ok && method !== 'HEAD' && method !== 'OPTIONS') result.reached.add(operation.operationId)
    const foreign = visitor < 0 ? run.foreignToAll : run.visitors[visitor]!.foreign
    for (const wrong of judge(request, { status: answer.status, headers: answer.headers, text }, foreign)) complain(wrong)
    if (answer.status === 401 && visitor >= 0 && !headers.cookie) cookies[visitor] = await run.visitors[visitor]!.signIn()
  }

  const worker = async () => {
    while (left-- > 0) await one(source.next().value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return result
}

async function withinTime(work: Promise<Response>): Promise<Response | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>(resolve => {
    timer = setTimeout(() => resolve(null), hangsAfterMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function describe({ method, path, headers, body, visitor }: HostileRequest): string {
  const shown = typeof body === 'string' ? body : body && Buffer.from(body).toString('base64')
  return JSON.stringify({ method, path, headers, visitor, body: shown?.slice(0, 300) }).slice(0, 1500)
}
