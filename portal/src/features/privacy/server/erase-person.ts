import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Platform, Subject } from '#platform/server'

/**
 * Ends what is held of a person. That it was done is noted outside of the database first, by ids and keyed hashes alone: a backup from
 * before would bring him back, and after its restore he is erased again.
 */
export async function erasePerson(platform: Platform, requestId: string, subject: Subject): Promise<void> {
  const { accountId, emailDigest, phoneDigest } = subject
  await noteErasure(platform, { at: platform.now().toISOString(), requestId, accountId, emailDigest, phoneDigest })
  await platform.people.erase(platform, subject)
}

/** After a restore: everybody who was erased since, and before, is erased again. */
export async function eraseAgain(platform: Platform): Promise<void> {
  for (const subject of readErasures(platform)) await platform.people.erase(platform, subject)
}

interface Erasure extends Subject {
  at: string
  requestId: string
}

const journalOf = ({ config }: Platform) => join(config.dataDir, 'journal', 'erasures.jsonl')

/** On the disk when this returns. */
async function noteErasure(platform: Platform, erasure: Erasure): Promise<void> {
  const file = journalOf(platform)
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  const handle = openSync(file, 'a', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(erasure)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function readErasures(platform: Platform): Erasure[] {
  const file = journalOf(platform)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.flatMap(line => {
    try {
      return [JSON.parse(line) as Erasure]
    } catch {
      return [] // the power went while it was written; the erasure had not begun
    }
  })
}
