import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { removeDemoAccounts } from '#features/accounts/server'
import { publishModelFile } from '#features/products/server'
import { createLog, Failure, readConfig, StartFailure } from '#platform/server'
import { features } from './features.ts'
import { type Portal, type PortalOptions, startPortal } from './portal.ts'

const usage = `Usage:
  npm run fettle -- import model <file> [--draft]
      Reads a product model (Fettle JSON, UVL, FeatureIDE XML or DIMACS) as the newest version of its product
      and publishes it, so that it can be configured in the browser at once. Works beside a running portal.
      --draft keeps a new product from visitors until it is published in the console.
  npm run fettle -- demo remove
      Takes the demo's accounts out of the database, so that it can be used in production. Products stay.`

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
  if (verb === 'import' && what === 'model' && file && more.length === 0) return importModel(file, values.draft !== true)
  if (verb === 'demo' && what === 'remove' && !file) return removeDemo()
  throw new StartFailure(usage)
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
  await withPortal({}, async ({ platform }) => {
    const { slug, version, notes } = await publishModelFile(platform, { fileName: basename(file), text, publish })
    const where = publish ? `and published: configure it at /configure/${slug}` : 'as a draft: publish it in the console'
    console.log(`The model is imported as version ${version} of "${slug}" ${where}`)
    if (notes.length > 0) console.log(`Not expressed (${notes.length}):`)
    for (const { path, message, remedy } of notes) console.log(`  ${file}:${path}: ${message.en} → ${remedy.en}`)
  })
}

async function removeDemo(): Promise<void> {
  await withPortal({ claim: false }, async ({ platform }) => {
    const removed = await removeDemoAccounts(platform)
    console.log(
      removed.length === 0
        ? 'There is no account of the demo in this database.'
        : `Removed ${removed.join(', ')}. The next start of the portal shows the link that sets up an administrator, if none is left.`,
    )
  })
}

/** Runs the work on the portal's database, beside a portal that may be running on it. */
async function withPortal(options: Partial<PortalOptions>, work: (portal: Portal) => Promise<void>): Promise<void> {
  const project = join(import.meta.dirname, '../../..')
  const portal = await startPortal(readConfig(process.env, project), {
    features,
    beside: true,
    background: false,
    log: createLog('error'),
    ...options,
  })
  try {
    await work(portal)
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
