import type { Database } from './database.ts'
import { type Replayed, replayEvent } from './event-replay.ts'
import type { ServerFeature } from './feature.ts'
import type { JobRunner } from './jobs.ts'
import { resendRefusedMail } from './mail.ts'
import type { Platform } from './platform.ts'
import { readStanding, type Standing } from './standing.ts'
import type { Vault } from './vault.ts'

/** Work behind the scenes, as a person sees it and helps it along. */
export interface Background {
  standing(): Promise<Standing>
  /** Gives a parked event to its listener once more, in a transaction in which it also leaves the list. */
  replayEvent(platform: Platform, listener: string, eventId: string): Promise<Replayed>
  /** Lets a job that was given up be tried once more. false: there is no such job, or it is not given up. */
  retryJob(queue: string, jobId: string): Promise<boolean>
  /** Sends a mail that was refused once more. false: there is no such mail. */
  resendMail(mailId: string): Promise<boolean>
}

export const createBackground = (
  { database, vault }: { database: Database; vault: Vault },
  jobs: JobRunner,
  features: readonly ServerFeature[],
): Background => ({
  standing: () => readStanding(database, features),
  replayEvent: (platform, listener, eventId) => replayEvent(platform, features, listener, eventId),
  retryJob: (queue, jobId) => jobs.retry(queue, jobId),
  resendMail: mailId => resendRefusedMail({ database, vault, jobs }, mailId),
})
