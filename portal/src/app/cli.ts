import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { publishModelFile } from '#features/products/server'
import { createLog, Failure, readConfig, StartFailure } from '#platform/server'
import { features } from './features.ts'
import { startPortal } from './portal.ts'

const usage = `Usage:
  npm run fettle -- import model <file> [--publish]
      Reads a product model (Fettle JSON, UVL or FeatureIDE XML) as the newest version of its product.
      A new product stays a draft unless --publish is given.`

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
  const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, options: { publish: { type: 'boolean' } } })
  const [verb, what, file, ...more] = positionals
  if (verb !== 'import' || what !== 'model' || !file || more.length > 0) throw new StartFailure(usage)
  await importModel(file, values.publish === true)
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
    const { productId } = await publishModelFile(portal.platform, { fileName: basename(file), text, publish })
    console.log(`The model is imported${publish ? ' and published' : ' as a draft'} (product ${productId}).`)
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
