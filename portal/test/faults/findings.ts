import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { TakenMail } from './mail-sink.ts'
import type { Kill } from './trials.ts'
import type { Acknowledged } from './writers.ts'

/** What was found at the end of the trials. */
export interface Findings {
  acknowledged: { inquiries: number; notes: number }
  /** acknowledged writes that are not there */
  lost: number
  /** effects inside the database that are there more than once */
  doubled: number
  /** inquiries for which a listener, job or mail has not done its part; events parked; jobs given up */
  undone: number
  mails: {
    /** inquiries with a mail */
    sent: number
    /** delivered again because the portal was killed between the server's 250 and the mark that the job is done */
    doubledAfter250: number
    /** delivered again because the portal was killed after the mail's last line and before the server's 250 reached it */
    doubledBefore250: number
    /** delivered again for no such reason */
    doubledOtherwise: number
  }
  /** each of the above in words, and answers that were neither yes nor "not now" */
  defects: string[]
}

/** Waits until listeners and jobs have nothing more to do, those that killed portals held included. */
export async function settle(database: pg.Pool): Promise<void> {
  const busy = `
    select exists (select from job.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%')
        or exists (select from event where position is null)
        or exists (select from event e, event_listener l
                   where e.position > l.position and e.name = case when l.name = 'faults.hear-lead' then 'lead.opened' else 'inquiry.submitted' end
                     and l.name in ('sales.open-lead', 'sales.confirm-inquiry', 'faults.hear-inquiry', 'faults.hear-lead')) as busy`
  for (const deadline = Date.now() + 300_000; (await database.query<{ busy: boolean }>(busy)).rows[0]!.busy; await delay(200)) {
    if (Date.now() > deadline) return // what is undone is found and counted
  }
}

interface Evidence {
  database: pg.Pool
  /** of a portal that runs */
  url: string
  sales: { email: string; password: string }
  acknowledged: Acknowledged
  mails: TakenMail[]
  kills: Kill[]
}

export async function verify({ database, url, sales, acknowledged, mails, kills }: Evidence): Promise<Findings> {
  const defects = [...acknowledged.strange]
  const count = (found: string[]) => {
    defects.push(...found)
    return found.length
  }
  const { rows: inquiries } = await database.query<Inquiry>(inquiriesWithEffects)
  const { rows: given } = await database.query<{ what: string }>(givenUp)
  const notes = await notesOf(url, sales, acknowledged)
  const mailed = judgeMails(mails, kills)
  const byToken = new Set(inquiries.map(({ token }) => token))
  return {
    acknowledged: { inquiries: acknowledged.inquiries.size, notes: acknowledged.notes.size },
    lost: count([
      ...[...acknowledged.inquiries].filter(([, token]) => !byToken.has(token)).map(([number]) => `inquiry ${number} is lost`),
      ...notes.filter(({ times }) => times === 0).map(({ text }) => `${text} is lost`),
    ]),
    doubled: count([
      ...repeatedNumbers(inquiries).map(number => `inquiry ${number} was saved twice`),
      ...notes.filter(({ times }) => times > 1).map(({ text }) => `${text} was written twice`),
      ...inquiries.flatMap(one =>
        effects.filter(effect => one[effect] > 1).map(effect => `${effect} twice for inquiry ${one.number}`),
      ),
    ]),
    undone: count([
      ...inquiries.flatMap(one =>
        effects.filter(effect => one[effect] === 0).map(effect => `never ${effect} for inquiry ${one.number}`),
      ),
      ...inquiries
        .filter(one => !mailed.recipients.has(`visitor-${one.number}@example.com`))
        .map(one => `no mail for inquiry ${one.number}`),
      ...mailed.unsteady,
      ...given.map(({ what }) => what),
    ]),
    mails: { sent: mailed.recipients.size, ...mailed.doubled },
    defects: [...defects, ...mailed.unexplained],
  }
}

const effects = ['leads', 'submitted', 'heard', 'worked', 'opened'] as const

type Inquiry = { number: string; token: string } & Record<(typeof effects)[number], number>

const noted = (effect: string) =>
  `(select count(*)::int from fault_effect f where f.effect = '${effect}' and f.about = i.id::text) as ${effect}`

const inquiriesWithEffects = `
  select i.source ->> 'utm_content' as number, i.token,
         (select count(*)::int from lead l where l.inquiry_id = i.id) as leads,
         (select count(*)::int from lead l join lead_entry e on e.lead_id = l.id where l.inquiry_id = i.id and e.kind = 'submitted') as submitted,
         ${['heard', 'worked', 'opened'].map(noted).join(', ')}
  from inquiry i`

const givenUp = `
  select 'the event ' || event_id || ' is parked for ' || listener || ': ' || error as what from event_parked
  union all
  select 'the job ' || name || ' ' || id || ' is ' || state || ': ' || coalesce(output::text, '') from job.job
  where state not in ('completed', 'created') and name not like '\\_\\_%'`

function repeatedNumbers(inquiries: Inquiry[]): string[] {
  const seen = new Set<string>()
  return inquiries.flatMap(({ number }) => (seen.size === seen.add(number).size ? [number] : []))
}

/** As a colleague sees them, through the portal. */
async function notesOf(
  url: string,
  sales: Evidence['sales'],
  { notes }: Acknowledged,
): Promise<{ text: string; times: number }[]> {
  const cookie = await signIn(url, sales)
  const timelines = new Map<string, string[]>()
  for (const lead of new Set(notes.values())) {
    const answer = await fetch(`${url}/api/v1/leads/${lead}`, { headers: { cookie } })
    const { entries } = (await answer.json()) as { entries: { kind: string; data: { text?: string } }[] }
    timelines.set(
      lead,
      entries.flatMap(({ kind, data }) => (kind === 'note' ? [data.text!] : [])),
    )
  }
  return [...notes].map(([text, lead]) => ({ text, times: timelines.get(lead)!.filter(one => one === text).length }))
}

/** Patiently: sign-ins that were killed are still counted. */
async function signIn(url: string, sales: Evidence['sales']): Promise<string> {
  for (;;) {
    const answer = await fetch(`${url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sales),
    })
    if (answer.ok)
      return answer.headers
        .getSetCookie()
        .map(one => one.split(';')[0])
        .join('; ')
    const wait = answer.headers.get('retry-after')
    if (answer.status !== 429 || wait === null)
      throw new Error(`signing in to look for notes: ${answer.status} ${await answer.text()}`)
    await delay(Number(wait) * 1000)
  }
}

/**
 * Which mails came more than once, and why. A mail is delivered again only where the portal that sent it was killed before its job was
 * marked: the job was under way at the kill, and the kill came after the server had read the mail.
 */
function judgeMails(mails: TakenMail[], kills: Kill[]) {
  const byId = Map.groupBy(mails, mail => mail.messageId)
  const doubled = { doubledAfter250: 0, doubledBefore250: 0, doubledOtherwise: 0 }
  const unexplained: string[] = []
  const recipients = new Map<string, string>()
  const unsteady: string[] = []
  for (const [messageId, copies] of byId) {
    const [first] = copies
    const other = recipients.get(first!.to)
    if (other !== undefined) unsteady.push(`${first!.to} got mails under two ids, ${other} and ${messageId}`)
    recipients.set(first!.to, messageId)
    for (const copy of copies.slice(0, -1)) {
      const kill = kills.find(({ from, at }) => from === copy.from && at >= copy.readAt)
      const job = messageId.split('@')[0]!
      const next = copies[copies.indexOf(copy) + 1]!
      if (!kill || kill.at > next.readAt || !(kill.activeJobs === null || kill.activeJobs.has(job))) {
        doubled.doubledOtherwise++
        unexplained.push(`the mail ${messageId} came twice although nobody killed its portal in between`)
      } else if (copy.acknowledgedAt !== null && copy.acknowledgedAt <= kill.at) doubled.doubledAfter250++
      else doubled.doubledBefore250++
    }
  }
  return { recipients, doubled, unexplained, unsteady }
}
