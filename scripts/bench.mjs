// npm run bench -- <name> [--json]: runs bench/<name>.ts; lists the names when none is given.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, childEnvironment, prepare, project, run } from './prepare.mjs'

/** what several benchmarks are made of */
const parts = [
  'detect-cmapss.ts',
  'detect-nab.ts',
  'device-bench.ts',
  'device-metrics.ts',
  'device-portal.ts',
  'engine-answerers.ts',
  'engine-browser.ts',
  'engine-cases.ts',
  'engine-clauses.ts',
  'engine-model.ts',
  'engine-peer-process.ts',
  'engine-peers.ts',
  'engine-process.ts',
  'engine-processes.ts',
  'flood.ts',
  'harness.ts',
  'installed.ts',
  'live-portal.ts',
  'load.ts',
  'loaded-portal.ts',
  'nab-scoring.ts',
]
const names = readdirSync(join(project, 'bench'))
  .filter(file => file.endsWith('.ts') && !parts.includes(file))
  .map(file => file.slice(0, -'.ts'.length))
  .sort()

const [name, ...rest] = process.argv.slice(2)
if (name !== undefined && names.includes(name)) {
  const node = await prepare()
  if (['web', 'api', 'first-day', 'fleet', 'ingest', 'telemetry'].includes(name)) await buildWeb(node)
  process.exitCode = await run(node, [join(project, 'bench', `${name}.ts`), ...rest], {
    cwd: project,
    env: childEnvironment(node),
  })
} else {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`)
  console.log(`npm run bench -- <name> [--json]\n\n${names.map(one => `  ${one}`).join('\n')}`)
  process.exitCode = name === undefined ? 0 : 1
}
