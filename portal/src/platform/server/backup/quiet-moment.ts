import pg from 'pg'
import { quoteTable, storedTables } from './table-facts.ts'

export interface QuietMoment<Mark> {
  /** in a transaction that sees exactly the moment; whoever takes it ends it */
  reader: pg.Client
  mark: Mark
}

/**
 * A moment at which nobody writes, so that a place in the log and a snapshot mean the same content: commits enter the log before they
 * can be seen, so without it a transaction might be on one side of the place and on the other of the snapshot. Writers wait for
 * milliseconds; the wait for a long one is given up after `patience` ms at most and tried again. Null: there was none.
 */
export async function quietMoment<Mark>(
  url: string,
  mark: (client: pg.Client) => Promise<Mark>,
  patience: number = 30_000,
): Promise<QuietMoment<Mark> | null> {
  const [locker, reader] = [connection(url), connection(url)]
  await Promise.all([locker.connect(), reader.connect()])
  let taken = false
  try {
    const tables = (await storedTables(locker)).map(({ table }) => quoteTable(table)).join(', ')
    // Below deadlock_timeout, so that whoever waits for us in a circle never is the one who is cancelled.
    for (let wait = 20, deadline = Date.now() + patience; Date.now() < deadline; wait = Math.min(wait * 2, 600)) {
      try {
        await locker.query(`begin; set local lock_timeout = ${wait}; lock table ${tables} in share mode`)
        await reader.query('begin isolation level repeatable read read only')
        await reader.query('select 1') // the first statement takes the snapshot
        const result = { reader, mark: await mark(locker) }
        await locker.query('commit')
        taken = true
        return result
      } catch (error) {
        await Promise.all([locker.query('rollback'), reader.query('rollback')])
        if (!['55P03', '40P01'].includes((error as { code?: string }).code ?? '')) throw error
      }
    }
    return null
  } finally {
    await locker.end()
    if (!taken) await reader.end()
  }
}

function connection(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  client.on('error', () => {}) // told by the statement that fails
  return client
}
