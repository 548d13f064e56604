import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { contactConsent } from '#features/sales/core'
import { standardDraft } from '../small-product.ts'

/** What the portal said yes to, and so owes for ever. */
export interface Acknowledged {
  /** by number of the inquiry: the token of its page */
  inquiries: Map<number, string>
  /** text of the note -> lead */
  notes: Map<string, string>
  /** how often a request was repeated because its answer did not come */
  repeated: number
  /** answers that are neither yes nor "not now": a defect */
  strange: string[]
}

export interface Writers {
  acknowledged: Acknowledged
  /** requests that wait for the answer of this portal now */
  underWay(portal: string): number
  /** Resolves after so many more answers of this portal, or after 10 s. */
  after(answers: number, portal: string): Promise<void>
  /** Lets every request get its answer, then ends. */
  finish(): Promise<void>
}

const signInPath = '/auth/sign-in'
const notNow = /\/(unavailable|outcome-unknown|idempotency-key-busy|read-only|storage-full)$/
/** A sign-in that was killed has been counted and never given back, so that after several one has to wait. */
const notNowAtSignIn = new RegExp(`${notNow.source}|/too-many-attempts$`)

/**
 * Visitors who submit inquiries and a colleague who writes notes, all with an Idempotency-Key, at whichever portal runs. A request without
 * an answer is repeated under its key at any portal; one in five visitors gives up instead.
 * portals: addresses of those that run now
 */
export function startWriters(
  portals: () => string[],
  sales: { email: string; password: string },
  chance: () => number,
  options: { visitors: number; pause: number },
): Writers {
  const acknowledged: Acknowledged = { inquiries: new Map(), notes: new Map(), repeated: 0, strange: [] }
  let finishing = false
  const awaited = new Set<(portal: string) => void>()
  const underWay = new Map<string, number>()
  const count = (portal: string, change: number) => underWay.set(portal, (underWay.get(portal) ?? 0) + change)
  let inquiries = 0
  let modelVersionId: Promise<string> | undefined
  let cookie: string | null = null

  /** The answer, or null where there was none, or one that says: not now. */
  async function ask(path: string, init: RequestInit): Promise<Response | null> {
    const running = portals()
    const portal = running[Math.floor(chance() * running.length)]
    if (!portal) {
      await delay(20)
      return null
    }
    count(portal, 1)
    try {
      const answer = await fetch(`${portal}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(30_000) })
      const text = await answer.text()
      for (const waiting of awaited) waiting(portal)
      if (answer.ok) return new Response(text, answer)
      const { type } = JSON.parse(text) as { type: string }
      if (!(path === signInPath ? notNowAtSignIn : notNow).test(type))
        acknowledged.strange.push(`${path}: ${answer.status} ${text.slice(0, 300)}`)
      return null
    } catch {
      return null // killed before it answered, or between its answer and its end
    } finally {
      count(portal, -1)
    }
  }

  async function insist(
    path: string,
    body: unknown,
    headers: Record<string, string>,
    givesUp: boolean,
  ): Promise<Response | null> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
      body: JSON.stringify(body),
    }
    for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
      const answer = await ask(path, init)
      if (answer) return answer
      if (givesUp) return null
      if (portals().length > 0) acknowledged.repeated++
      await delay(50 + chance() * 100)
    }
    return null
  }

  const versionOnce = () =>
    (modelVersionId ??= (async () => {
      for (;;) {
        const answer = await ask('/products/drill-stand', {})
        if (answer) return ((await answer.json()) as { modelVersionId: string }).modelVersionId
        await delay(50)
      }
    })())

  async function visit(): Promise<void> {
    const draft = standardDraft(await versionOnce())
    while (!finishing) {
      const number = ++inquiries
      const inquiry = {
        configuration: draft,
        contact: { email: `visitor-${number}@example.com` },
        consent: { version: contactConsent.version, accepted: true },
        source: { utm_content: String(number) },
      }
      const answer = await insist('/inquiries', inquiry, {}, chance() < 0.2)
      if (answer) acknowledged.inquiries.set(number, ((await answer.json()) as { token: string }).token)
      await delay(chance() * options.pause)
    }
  }

  async function work(): Promise<void> {
    for (let number = 1; !finishing; number++) {
      cookie ??= await signIn()
      const list = cookie && (await ask('/leads?limit=20', { headers: { cookie } }))
      const { items } = list ? ((await list.json()) as { items: { id: string }[] }) : { items: [] }
      const lead = items[Math.floor(chance() * items.length)]
      if (lead) {
        const text = `note ${number}`
        if (await insist(`/leads/${lead.id}/notes`, { text }, { cookie: cookie! }, false)) acknowledged.notes.set(text, lead.id)
      }
      await delay(chance() * options.pause)
    }
  }

  async function signIn(): Promise<string | null> {
    const answer = await ask(signInPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sales),
    })
    const given = answer?.headers.getSetCookie().map(one => one.split(';')[0])
    return given?.length ? given.join('; ') : null
  }

  const all = [...Array.from({ length: options.visitors }, visit), work()]
  return {
    acknowledged,
    underWay: portal => underWay.get(portal) ?? 0,
    after: (answers, portal) =>
      new Promise(resolve => {
        let left = answers
        const patience = setTimeout(end, 10_000)
        function count(answering: string) {
          if (answering === portal && --left <= 0) end()
        }
        function end() {
          clearTimeout(patience)
          awaited.delete(count)
          resolve()
        }
        awaited.add(count)
      }),
    async finish() {
      finishing = true
      await Promise.all(all)
    },
  }
}
