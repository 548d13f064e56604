import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { publishModelFile } from '#features/products/server'
import { createLog, Failure, readConfig, StartFailure } from '#platform/server'
import { features } from './features.ts'
import { startPortal } from './portal.ts'

const usage = `Usage:
  npm run fettle -- import model <file> [--draft]
      Reads a product model (Fettle JSON, UVL, FeatureIDE XML or DIMACS) as the newest version of its product
      and publishes it, so that it can be configured in the browser at once. Works beside a running portal.
      --draft keeps a new product from visitors until it is published in the console.`

try {
  await run()
} catch (error) {
  if (!(error instanceof StartFailure || error instanceof Failure)) throw error
  console.error(error.message)
  if (error instanceof Failure) {
    for (const { field, message, remedy } of error.errors ?? [])
      console.error(`  ${field}: ${message.en}${remedy ? ` → ${remedy.en}` : ''}`)
    if (error.remedy) console.error(error.remedy.en)
  }
  process.exitCode = 1
}

async function run(): Promise<void> {
  const { values, positionals } = readWords()
  const [verb, what, file, ...more] = positionals
  if (verb !== 'import' || what !== 'model' || !file || more.length > 0) throw new StartFailure(usage)
  await importModel(file, values.draft !== true)
}

function readWords() {
  try {
    return parseArgs({ allowPositionals: true, options: { draft: { type: 'boolean' } } })
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n\n${usage}`)
  }
}

async function importModel(file: string, publish: boolean): Promise<void> {
  const text = readModel(file)
  const project = join(import.meta.dirname, '../../..')
  const portal = await startPortal(readConfig(process.env, project), {
    features,
    beside: true,
    background: false,
    log: createLog('error'),
  })
  try {
    const { slug, version, notes } = await publishModelFile(portal.platform, { fileName: basename(file), text, publish })
    const where = publish ? `and published: configure it at /configure/${slug}` : 'as a draft: publish it in the console'
    console.log(`The model is imported as version ${version} of "${slug}" ${where}`)
    if (notes.length > 0) console.log(`Not expressed (${notes.length}):`)
    for (const { path, message, remedy } of notes) console.log(`  ${file}:${path}: ${message.en} → ${remedy.en}`)
  } finally {
    await portal.stop()
  }
}

function readModel(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new StartFailure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that exists.`)
  }
}
