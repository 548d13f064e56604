import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AnyEndpoint } from '#platform/core'
import { keyedHash } from './cipher.ts'
import type { Database } from './database.ts'
import { platformFailure } from './http-failures.ts'
import { openFields, sealFields } from './sealed-fields.ts'
import type { Sealed, Vault } from './vault.ts'

export interface StoredAnswer {
  status: number
  /** JSON text; null for 204 */
  body: string | null
  etag: string | null
}

interface IdempotencyTables {
  idempotency_key: {
    scope: string
    key: string
    request_hash: string
    status: number
    body: Sealed | null
    etag: string | null
    created_at: Date
  }
}

const keptMs = 24 * 60 * 60 * 1000

/**
 * Does the work once per key. The work and the memory of its answer commit together, so a crash between them cannot make it
 * happen twice; a failure rolls both back and the key stays free. A second request at the same moment is refused with 409.
 * scope: whose keys these are, an account's id or 'visitor'
 */
export async function once(
  request: { database: Database; vault: Vault; scope: string; key: string; requestHash: string; now: Date },
  work: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { replayed: boolean }> {
  const { database, vault, scope, key, requestHash, now } = request
  if (!/^[\x21-\x7e]{16,200}$/.test(key)) throw platformFailure('idempotency-key-invalid')
  return database.transaction(async () => {
    const db = database.db<IdempotencyTables>()
    if (!(await lock(database, `${scope} ${key}`)))
      throw platformFailure('idempotency-key-busy', undefined, { extensions: { retryAfter: 1 } })
    await db
      .deleteFrom('idempotency_key')
      .where('created_at', '<', new Date(now.getTime() - keptMs))
      .execute()
    const stored = await db
      .selectFrom('idempotency_key')
      .select(['request_hash', 'status', 'body', 'etag'])
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirst()
    if (stored && stored.request_hash !== requestHash) throw platformFailure('idempotency-key-reused')
    if (stored) return { ...(await openFields(vault, 'idempotency_key', stored, ['body'])), replayed: true }
    const answer = await work()
    await db
      .insertInto('idempotency_key')
      .values({
        scope,
        key,
        request_hash: requestHash,
        ...answer,
        ...(await sealFields(vault, 'idempotency_key', { body: answer.body })),
        created_at: now,
      })
      .execute()
    return { ...answer, replayed: false }
  })
}

/** Whether the operation obeys an Idempotency-Key. A file is not read twice to be compared: sent again, it is another file. */
export const takesKey = ({
  method,
  idempotency,
  transfers,
}: Pick<AnyEndpoint, 'method' | 'idempotency' | 'transfers'>): boolean =>
  method !== 'GET' && idempotency !== 'ignored' && transfers !== 'upload'

/** Keyed, since a request may hold a password and a plain hash of it could be guessed from a stolen table. */
export const hashRequest = (secret: string, ...parts: unknown[]): string =>
  keyedHash(secret, JSON.stringify(parts)).toString('hex')

/** Held until the transaction ends, by every portal process at the same database. */
async function lock(database: Database, name: string): Promise<boolean> {
  const id = createHash('sha256').update(`idempotency ${name}`).digest().readBigInt64BE(0)
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${id.toString()}::bigint) as locked`.execute(
    database.db<IdempotencyTables>(),
  )
  return rows[0]!.locked
}
