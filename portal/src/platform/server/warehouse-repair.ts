import { existsSync } from 'node:fs'
import { open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from './sync-folder.ts'

/**
 * ClickHouse notes the batch id of an insert before it puts the rows in their place. Killed between the two, it holds a batch for done
 * whose rows it has not: asked to insert it again, it would say yes and do nothing. So what was noted and is not there is struck out
 * before the server starts, and so is a line that was not written to its end. folder: of the server. Returns how many.
 */
export async function forgetUnfinishedBatches(folder: string): Promise<number> {
  let struck = 0
  for (const table of await tableFolders(folder)) {
    const logs = join(table, 'deduplication_logs')
    if (!existsSync(logs)) continue
    const parts = (await readdir(table)).flatMap(name => readPart(name) ?? [])
    for (const name of await readdir(logs)) struck += await strike(logs, name, parts)
  }
  return struck
}

async function strike(logs: string, name: string, parts: Part[]): Promise<number> {
  const path = join(logs, name)
  const text = await readFile(path, 'utf8')
  const lines = text.split('\n').slice(0, -1) // what follows the last line break was not written to its end
  const kept = lines.filter(line => {
    const [operation, part] = line.split('\t')
    const noted = part === undefined ? null : readPart(part)
    return operation !== added || (noted !== null && parts.some(one => holds(one, noted)))
  })
  const whole = kept.map(line => `${line}\n`).join('')
  if (whole === text) return 0
  const file = await open(`${path}.new`, 'w')
  await file.writeFile(whole)
  await file.sync()
  await file.close()
  await rename(`${path}.new`, path)
  await syncFolder(logs)
  return lines.length - kept.length + (text.endsWith('\n') || text === '' ? 0 : 1)
}

const added = '1'

/** Rows lie in parts: blocks from `first` to `last` of a partition, one insert or several merged. */
interface Part {
  partition: string
  first: number
  last: number
}

function readPart(name: string): Part | null {
  const [, partition, first, last] = /^([^_]+)_(\d+)_(\d+)_\d+(?:_\d+)?$/.exec(name) ?? []
  return partition === undefined ? null : { partition, first: Number(first), last: Number(last) }
}

const holds = (part: Part, other: Part) =>
  part.partition === other.partition && part.first <= other.first && part.last >= other.last

/** `store/43b/43bf0926-…` of each table. */
async function tableFolders(folder: string): Promise<string[]> {
  const store = join(folder, 'store')
  if (!existsSync(store)) return []
  const groups = (await readdir(store)).map(group => join(store, group))
  return (await Promise.all(groups.map(async group => (await readdir(group)).map(table => join(group, table))))).flat()
}
