import { type Platform, resealBatch, rowsToReseal, sealedColumns } from '#platform/server'

/**
 * Seals everything that an older data key sealed under the current one, some rows at a time, beside whatever reads and writes. Where it
 * is interrupted the next run goes on: what is left shows in the rows themselves.
 */
export async function resealAll(platform: Platform, onBatch?: (rows: number) => void): Promise<number> {
  let all = 0
  for (const column of sealedColumns(platform.people.tables)) {
    for (let rows = await resealBatch(platform, column); rows > 0; rows = await resealBatch(platform, column)) {
      all += rows
      onBatch?.(rows)
    }
  }
  return all
}

/** The data key in use, and how many rows of each column are still sealed under an older one. */
export async function resealProgress(platform: Platform) {
  const columns = await Promise.all(
    sealedColumns(platform.people.tables).map(async column => ({
      table: column.table,
      column: column.column,
      left: await rowsToReseal(platform, column),
    })),
  )
  return { current: platform.vault.currentDataKey(), columns }
}

/** A new data key from now on, every key wrapped by the first master key, and a job that seals what is there anew. */
export async function rotateKeys(platform: Platform): Promise<{ current: number; rewrapped: number }> {
  const current = await platform.vault.renewDataKey()
  const rewrapped = await platform.vault.rewrap()
  await platform.jobs.enqueue('privacy.reseal', null, { singletonKey: 'reseal' })
  return { current, rewrapped }
}
