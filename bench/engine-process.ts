/** Measures one case in a process of its own: reads a job as JSON, writes what it measured as JSON. `--memory`: what it holds instead. */
import { text } from 'node:stream/consumers'
import { optionDomains, start } from '../engine/src/index.ts'
import { clicksOn, optionIds, runClicks } from '../engine/test/click-workload.ts'
import { load, measureModel, type Source, type Wanted } from './engine-model.ts'

/** In megabytes (2^20 bytes). */
export interface Memory {
  /** by the model and its answers, after a garbage collection */
  held: number
  /** by the whole process then, Node included */
  resident: number
  /** most that the process ever had, loading included */
  most: number
}

const { source, wanted } = JSON.parse(await text(process.stdin)) as { source: Source; wanted: Wanted }
const answer = process.argv.includes('--memory') ? memoryOf(source) : measureModel(source, wanted)
process.stdout.write(JSON.stringify(answer))

function memoryOf(source: Source): Memory {
  const collect = (globalThis as { gc?: () => void }).gc!
  const used = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = used()
  const compiled = load(source)
  optionDomains(start(compiled))
  const workload = clicksOn(compiled, source.ids ?? optionIds(compiled))
  const { clicks } = runClicks(workload)
  const held = used() - before
  const { rss } = process.memoryUsage()
  if (clicks.length === 0 || workload.first.length === 0) throw new Error('nothing was clicked') // and both are still held here
  return { held: megabytes(held), resident: megabytes(rss), most: megabytes(1024 * process.resourceUsage().maxRSS) }
}

function megabytes(bytes: number): number {
  return bytes / 2 ** 20
}
