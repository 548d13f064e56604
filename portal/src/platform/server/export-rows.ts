import type { Readable } from 'node:stream'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { FileAnswer } from '#platform/core'
import type { Snapshot } from './database.ts'
import { platformFailure } from './http-failures.ts'
import type { Platform } from './platform.ts'

export interface Export<Row, Written> {
  name: string
  mediaType: string
  /** live topic that tells how far it is */
  topic: string
  /** The rows, in their order. Built once, in the snapshot. */
  // biome-ignore lint/suspicious/noExplicitAny: the tables are the query's own matter
  query(): SelectQueryBuilder<any, any, Row>
  /** What is written of a piece of at most 1,000 rows; reads the same moment. */
  present(rows: Row[]): Promise<Written[]>
  write(items: AsyncIterable<Written>): Readable
}

/** rows, as FETCH says below: it takes no parameters */
const piece = 1000
const atOnce = 2
const mostMs = 15 * 60_000
let open = 0

/**
 * A file of very many rows, all of one moment, written while it is read: no more than a piece is in memory, and the database is asked for
 * the next one when the reader has taken this one. Its number of rows is known before its first byte. Ends with its reader, and after
 * a quarter of an hour. Throws the 503 failure where two others are being written by this process.
 */
export async function exportRows<Row, Written>(
  { database, live, newId }: Platform,
  { name, mediaType, topic, query, present, write }: Export<Row, Written>,
): Promise<FileAnswer & Required<Pick<FileAnswer, 'export'>>> {
  if (open >= atOnce) throw platformFailure('overloaded', undefined, { extensions: { retryAfter: 30 } })
  open++
  let snapshot: Snapshot | undefined
  try {
    snapshot = await database.snapshot()
    const { reading } = snapshot
    const id = newId()
    const rows = await reading(async () => {
      const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from (${query()}) as counted`.execute(
        database.db(),
      )
      await sql`declare exported no scroll cursor for ${query()}`.execute(database.db())
      return rows[0]!.rows
    })
    const tell = (done: number) => database.outside(() => live.publish(topic, `${id}/${done}`))
    const content = write(inPieces(reading, tell))
    const late = setTimeout(() => content.destroy(new Error('The export took too long')), mostMs).unref()
    const { close } = snapshot
    content.once('close', () => {
      clearTimeout(late)
      open--
      void close().catch(() => {}) // a connection that broke is closed
    })
    return { name, mediaType, bytes: null, content, export: { id, rows } }
  } catch (error) {
    open--
    await snapshot?.close().catch(() => {})
    throw error
  }

  async function* inPieces(reading: Snapshot['reading'], tell: (done: number) => Promise<void>): AsyncGenerator<Written> {
    for (let done = 0; ; ) {
      const items = await reading(async () => {
        const { rows } = await sql<Row>`fetch 1000 from exported`.execute(database.db())
        return present(rows)
      })
      yield* items
      done += items.length
      await tell(done)
      if (items.length < piece) return
    }
  }
}
