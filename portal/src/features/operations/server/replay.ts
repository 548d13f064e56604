import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import { type LetterKind, type LetterName, withoutPersons } from '../core/index.ts'
import { oldestFrom } from './read-dead-letters.ts'

const mostAtOnce = 100

type Wanted = { letters: LetterName[] } | { from: { kind: LetterKind; source: string } }
type Outcome = { outcome: 'handled' | 'queued' | 'failed' | 'gone'; error: string | null }

/** Tries letters once more, one after the other, oldest first. Asked twice, the second finds them gone. */
export async function replayLetters(platform: Platform, wanted: Wanted) {
  const letters = 'letters' in wanted ? wanted.letters : await lettersFrom(platform, wanted.from)
  const results: (LetterName & Outcome)[] = []
  for (const letter of letters) {
    const outcome = await replayOne(platform, letter)
    results.push({ ...letter, ...outcome })
    if (outcome.outcome !== 'gone') await note(platform, letter, outcome)
  }
  const { total } = await oldestFrom(platform, 'from' in wanted ? wanted.from : letters[0]!, 1)
  return { results, left: total }
}

async function lettersFrom(platform: Platform, from: { kind: LetterKind; source: string }): Promise<LetterName[]> {
  const { ids } = await oldestFrom(platform, from, mostAtOnce)
  return ids.map(id => ({ ...from, id }))
}

/** One way back for each kind. */
async function replayOne(platform: Platform, { kind, source, id }: LetterName): Promise<Outcome> {
  const { background } = platform
  if (kind === 'event') {
    const replayed = await background.replayEvent(platform, source, id)
    return { outcome: replayed.outcome, error: replayed.outcome === 'failed' ? withoutPersons(replayed.error) : null }
  }
  const queued = kind === 'job' ? await retryJob(platform, source, id) : await background.resendMail(id)
  return { outcome: queued ? 'queued' : 'gone', error: null }
}

/** Given up once more, it waits for a decision once more. */
const retryJob = ({ database, background }: Platform, queue: string, id: string) =>
  database.transaction(async () => {
    const queued = await background.retryJob(queue, id)
    if (queued) await sql`delete from job_set_aside where job_id = ${id}`.execute(database.db())
    return queued
  })

const note = ({ audit }: Platform, { kind, source, id }: LetterName, { outcome }: Outcome) =>
  audit.write({ action: 'dead-letter.replayed', target: { kind, id }, facts: { source, outcome } })
