import { sql } from 'kysely'
import type { Config } from './config.ts'
import type { JobHandler } from './feature.ts'
import type { Jobs } from './jobs.ts'
import type { Platform } from './platform.ts'
import { phoneDigest } from './sealed-fields.ts'
import { aliyunSms, readAliyunAddress } from './sms-aliyun.ts'
import type { SmsAnswer, SmsCarrier, SmsRefusal, SmsTemplate } from './sms-carrier.ts'
import type { Sealed, Vault } from './vault.ts'

/**
 * Text messages to phones. Queued as a job in the ambient transaction, and sent at most once: each costs money and rings at somebody's.
 * What may have been sent is not sent again, not even where the portal was killed meanwhile; who waits for it asks for another.
 */
export interface Sms {
  send(message: SmsMessage): Promise<void>
  /** whether a text of this kind is agreed with the carrier */
  offers(template: SmsTemplate): boolean
}

export interface SmsMessage {
  /** E.164 */
  to: string
  template: SmsTemplate
  params: Readonly<Record<string, string>>
  /** after this it is of no use, and is not sent any more */
  until: Date
}

export interface SmsTables {
  sms: {
    /** of the job */
    id: string
    /** sending: the carrier is being called, or was when the portal was killed */
    state: SmsState
    why: SmsRefusal | null
    /** the carrier's word for it */
    code: string | null
    /** JSON of a KeptSms; null: not kept, since it arrived or may have */
    content: Sealed | null
    recipient_digest: string
    at: Date
  }
}

export type SmsState = 'sending' | 'sent' | 'caught' | 'refused' | 'unknown'

/** A text message that was caught or refused, as it is kept. */
export interface KeptSms {
  recipient: string
  template: SmsTemplate
  /** null: of a refused one, since they may still open something */
  params: Readonly<Record<string, string>> | null
}

export const openKeptSms = async (vault: Vault, content: Sealed): Promise<KeptSms> =>
  JSON.parse(await vault.open(content, keptContext)) as KeptSms

const keptContext = 'sms.content'
const jobName = 'platform.send-sms'

type QueuedSms = Omit<SmsMessage, 'until'> & { until: string }

/** null: no text messages. A demo without SMS_URL catches them; production without it has none. */
export const createSms = (config: Pick<Config, 'mode' | 'smsUrl'>, jobs: Jobs): Sms | null =>
  config.smsUrl === null && config.mode === 'production'
    ? null
    : {
        offers: template => config.smsUrl === null || readAliyunAddress(config.smsUrl).templates[template] !== null,
        async send({ until, ...message }) {
          await jobs.enqueue(jobName, { ...message, until: until.toISOString() } satisfies QueuedSms)
        },
      }

/** The job that hands a message to the carrier, or, where none is set, into the table of those that were caught. */
export function sendSmsJob(
  { smsUrl, smsPerHour }: Pick<Config, 'smsUrl' | 'smsPerHour'>,
  carrier: SmsCarrier | null = smsUrl === null ? null : aliyunSms(smsUrl),
): Record<string, JobHandler> {
  const handle: JobHandler['handle'] = async (data, { jobId, lastTry, platform }) => {
    const message = data as QueuedSms
    if (!carrier) return settle(platform, jobId, message, { state: 'caught' })
    if (!(await begin(platform, jobId, message, smsPerHour))) return
    const answer = await carrier.send({ id: jobId, to: message.to, template: message.template, params: message.params })
    if (answer.result === 'not-sent' && !lastTry) {
      await platform.database.db<SmsTables>().deleteFrom('sms').where('id', '=', jobId).execute()
      platform.metrics.sms('not-sent')
      throw new Error(`The carrier did not take the text message (${answer.code})`)
    }
    await settle(platform, jobId, message, outcomeOf(answer))
  }
  return { [jobName]: { handle, outside: true, retries: 3 } }
}

interface Outcome {
  state: Exclude<SmsState, 'sending'>
  why?: SmsRefusal
  code?: string
}

function outcomeOf(answer: SmsAnswer): Outcome {
  if (answer.result === 'sent') return { state: 'sent' }
  if (answer.result === 'refused') return { state: 'refused', why: answer.why, code: answer.code }
  if (answer.result === 'unknown') return { state: 'unknown', code: answer.code }
  return { state: 'refused', why: 'unreachable', code: answer.code }
}

/** messages one number is sent within a day: as many as carriers bear. Notices leave some for codes: who gets no code cannot sign in */
const mostPerNumber = { code: 10, notice: 6 }

/**
 * Marks that the carrier is about to be called, before it is. false: it is not to be called, since it was called before by a process
 * that was killed, the message comes too late, or there were too many.
 */
async function begin(platform: Platform, id: string, message: QueuedSms, mostPerHour: number): Promise<boolean> {
  const { database, vault, now } = platform
  const refusal = await database.transaction(async (): Promise<Outcome | 'go'> => {
    const db = database.db<SmsTables>()
    await sql`select pg_advisory_xact_lock(hashtext('fettle-sms'))`.execute(db)
    const known = await db.selectFrom('sms').select('state').where('id', '=', id).executeTakeFirst()
    if (known) return { state: 'unknown', code: 'interrupted' }
    if (now() > new Date(message.until)) return { state: 'refused', why: 'too-late' }
    const recipient_digest = phoneDigest(vault, message.to)
    const { hour, day } = await countSent(platform, recipient_digest)
    if (hour >= mostPerHour) return { state: 'refused', why: 'limit', code: 'SMS_PER_HOUR' }
    if (day >= mostPerNumber[message.template]) return { state: 'refused', why: 'limit', code: 'per-number' }
    await db
      .insertInto('sms')
      .values({ id, state: 'sending', why: null, code: null, content: null, recipient_digest, at: now() })
      .execute()
    return 'go'
  })
  if (refusal === 'go') return true
  await settle(platform, id, message, refusal)
  return false
}

/** hour: to anybody. day: to this number. */
async function countSent({ database, now }: Platform, recipientDigest: string): Promise<{ hour: number; day: number }> {
  const { rows } = await sql<{ hour: number; day: number }>`
    select count(*) filter (where at > ${new Date(now().getTime() - 3_600_000)})::int as hour,
      count(*) filter (where recipient_digest = ${recipientDigest})::int as day
    from sms where at > ${new Date(now().getTime() - 86_400_000)} and state in ('sending', 'sent', 'unknown')`.execute(
    database.db(),
  )
  return rows[0]!
}

/** What came of it; what the first process to say so said stays. */
async function settle(platform: Platform, id: string, message: QueuedSms, { state, why, code }: Outcome): Promise<void> {
  const { database, vault, now, log, metrics } = platform
  const kept = state === 'caught' || state === 'refused'
  const row = {
    state,
    why: why ?? null,
    code: code ?? null,
    content: kept ? await seal(vault, message, state === 'caught') : null,
  }
  const { numInsertedOrUpdatedRows = 0n } = await database
    .db<SmsTables>()
    .insertInto('sms')
    .values({ id, ...row, recipient_digest: phoneDigest(vault, message.to), at: now() })
    .onConflict(known => known.column('id').doUpdateSet(row).where('sms.state', '=', 'sending'))
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return
  metrics.sms(state)
  if (state === 'refused') log.error({ jobId: id, why, code }, 'a text message was not sent; it is kept in sms')
  if (state === 'unknown') log.warn({ jobId: id, code }, 'whether a text message was sent is not known; it is not sent again')
}

const seal = (vault: Vault, { to, template, params }: QueuedSms, whole: boolean) =>
  vault.seal(JSON.stringify({ recipient: to, template, params: whole ? params : null } satisfies KeptSms), keptContext)
