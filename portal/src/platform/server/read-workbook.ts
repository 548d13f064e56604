import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { IncomingFile, WorkbookSheet } from '../core/index.ts'
import { boundedQueue } from './bounded-queue.ts'
import { filesFolder } from './files.ts'
import { identifyFile } from './files-identify.ts'
import { fileRefused } from './files-refused.ts'
import { measureFile, spool, withSpool } from './files-spool.ts'
import type { Platform } from './platform.ts'
import type { WorkbookOrder } from './workbook-worker.ts'

export interface WorkbookBounds {
  /** rows and columns of each sheet that are read; one row more tells that there are too many */
  rows: number
  columns: number
  /** longest time one file may take, in ms */
  ms: number
  /** memory its thread may use, in MB */
  memory: number
}

const usual: WorkbookBounds = { rows: 50_000, columns: 100, ms: 60_000, memory: 700 }

export interface IncomingWorkbook {
  sheets: WorkbookSheet[]
  bytes: number
  sha256: string
}

/** One workbook at a time is taken apart: each takes a processor and much memory. */
const queue = boundedQueue({ atOnce: 1, waiting: 5 })

/**
 * Reads a stranger's .xlsx. Its content says what it is: macros, passwords, bombs and other kinds of files are refused (file-refused)
 * before anything is parsed; then it is read in a thread of its own, bounded in time and memory. Formulas count by the results the
 * file holds. Nothing of the file is kept.
 */
export async function readWorkbook(
  platform: Pick<Platform, 'config'>,
  incoming: IncomingFile,
  bounds: Partial<WorkbookBounds> = {},
): Promise<IncomingWorkbook> {
  return withSpool(filesFolder(platform.config), async folder => {
    const path = join(folder, 'given')
    await spool(incoming.content, path)
    return queue.run(async () => {
      const kind = await identifyFile(path, incoming.name)
      if (kind !== 'xlsx') throw fileRefused('no-workbook')
      const { bytes, sha256 } = await measureFile(path)
      return { sheets: await readApart(path, { ...usual, ...bounds }), bytes, sha256 }
    })
  })
}

function readApart(path: string, { ms, memory, rows, columns }: WorkbookBounds): Promise<WorkbookSheet[]> {
  return new Promise((resolve, reject) => {
    const workerData: WorkbookOrder = { path, rows, columns }
    const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    })
    const tooLate = setTimeout(() => {
      reject(fileRefused('workbook-too-hard'))
      void worker.terminate()
    }, ms)
    worker.once('message', resolve)
    // whatever its parser takes offence at is the file's fault; running out of memory is too
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(fileRefused(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'workbook-too-hard' : 'workbook-broken')),
    )
    worker.once('exit', () => {
      clearTimeout(tooLate)
      reject(fileRefused('workbook-broken'))
    })
  })
}
