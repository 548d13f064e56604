// npm test: everything the project demands of itself. npm run check (--fast): lint, types and unit tests only.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, childEnvironment, prepare, project, run } from './prepare.mjs'

const fast = process.argv.includes('--fast')
const node = await prepare()
const env = childEnvironment(node)
const reports = join(project, '.cache/test')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0 }
const started = Date.now()
process.on('SIGINT', () => {}) // the program under way ends, this one then says what it knows

await check('lint', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'])
for (const part of ['pure', 'server', 'web'])
  await check(`types (${part})`, ['typescript/bin/tsc', '-p', `tsconfig.${part}.json`])
if (!fast) await check('no dead code', ['knip/bin/knip.js'])
await buildWeb(node)
await suite(
  'tests',
  ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/vitest.json`],
  () => {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = report('vitest.json')
    // a file that cannot be loaded has no tests to fail
    return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites) }
  },
)
if (!fast) await stories()

async function stories() {
  await suite('stories in the browser', ['@playwright/test/cli.js', 'test'], () => {
    const { expected, unexpected, flaky } = report('playwright.json').stats
    return { passed: expected + flaky, failed: unexpected }
  })
}

const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`\n${total.failed === 0 ? 'Everything holds' : 'Something does not hold: see above'} (${minutes} minutes)`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

/** A check that holds or not; what it says is shown only when it does not. @param {string} name @param {string[]} command */
async function check(name, command) {
  const output = []
  const code = await run(node, [join(project, 'node_modules', command[0]), ...command.slice(1)], { env, output })
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  if (code !== 0) console.log(output.join(''))
  total[code === 0 ? 'passed' : 'failed']++
}

/** A suite that counts its own tests. @param {string} name @param {string[]} command @param {() => { passed: number, failed: number }} count */
async function suite(name, command, count) {
  console.log(`\n— ${name} —`)
  const code = await run(node, [join(project, 'node_modules', command[0]), ...command.slice(1)], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
  })
  const { passed, failed } = counted(count)
  total.passed += passed
  total.failed += failed === 0 && code !== 0 ? 1 : failed // it may fail as a whole
}

function counted(count) {
  try {
    return count()
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function report(file) {
  return JSON.parse(readFileSync(join(reports, file), 'utf8'))
}
