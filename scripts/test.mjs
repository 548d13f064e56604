// npm test: everything the project demands of itself. npm run check (--fast): lint, types and unit tests only.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildWeb, childEnvironment, prepare, project, run } from './prepare.mjs'

const fast = process.argv.includes('--fast')
const node = await prepare()
const env = childEnvironment(node)
const reports = join(project, '.cache/test')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

/** Only of stories that failed: with a trace of all of them the whole takes twice as long. */
const traced = ['--trace', 'retain-on-failure']
/** So many files that fail are a fault, not tests that disturb one another. */
const fewFiles = 5
const total = { passed: 0, failed: [], unsteady: [] }
const started = Date.now()
let interrupted = false
process.on('SIGINT', () => (interrupted = true)) // the program under way ends, this one then says what it knows

await check('lint', ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--diagnostic-level=warn', '.'])
for (const part of ['pure', 'server', 'web'])
  await check(`types (${part})`, ['typescript/bin/tsc', '-p', `tsconfig.${part}.json`])
if (!fast) await check('no dead code', ['knip/bin/knip.js'])
await buildWeb(node)
await suite('tests', {
  all: () => vitest([]),
  again: failed => vitest([...new Set(failed.map(({ file }) => file)), '--maxWorkers=1']),
})
if (!fast)
  await suite('stories in the browser', {
    all: () => playwright([]),
    again: () => playwright(['--last-failed', '--workers=1', ...traced]),
  })

list('Failed among the others, held when run again alone; what is tested or its test is unsteady:', total.unsteady)
list('Failed:', total.failed)
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`\n${total.failed.length === 0 ? 'Everything holds' : 'Something does not hold: see above'} (${minutes} minutes)`)
console.log(`${total.passed} passed, ${total.failed.length} failed`)
process.exitCode = total.failed.length === 0 ? 0 : 1

/** A check that holds or not; what it says is shown only when it does not. @param {string} name @param {string[]} command */
async function check(name, command) {
  const output = []
  const code = await run(node, [join(project, 'node_modules', command[0]), ...command.slice(1)], { env, output })
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  if (code === 0) total.passed++
  else {
    console.log(output.join(''))
    total.failed.push({ name })
  }
}

/**
 * A suite that counts its own tests. The few that fail are run again alone: what holds then is told by name, and does not fail the whole.
 * @typedef {{ file: string, name: string, said: string }} FailedTest
 * @typedef {{ passed: number, failed: FailedTest[] }} Outcome
 * @param {string} name @param {{ all: () => Promise<Outcome>, again: (failed: FailedTest[]) => Promise<Outcome> }} suite
 */
async function suite(name, { all, again }) {
  console.log(`\n— ${name} —`)
  const { passed, failed } = await all()
  total.passed += passed
  const files = new Set(failed.map(({ file }) => file))
  if (interrupted || files.size === 0 || files.size > fewFiles || files.has('')) {
    total.failed.push(...failed)
    return
  }
  console.log(`\n— ${name}, once more: what failed, alone —`)
  const second = await again(failed)
  const stillFails = test => second.failed.some(({ file, name }) => file === '' || (file === test.file && name === test.name))
  const unsteady = failed.filter(test => !stillFails(test))
  total.passed += unsteady.length
  total.unsteady.push(...unsteady)
  total.failed.push(...failed.filter(stillFails))
}

/** @param {string[]} options @returns {Promise<Outcome>} */
async function vitest(options) {
  const file = join(reports, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return outcome(['vitest/vitest.mjs', 'run', ...reporters, ...options], file, ({ numPassedTests, testResults }) => ({
    passed: numPassedTests,
    failed: testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(project, name)
      const failed = assertionResults
        .filter(test => test.status === 'failed')
        .map(test => ({ file, name: test.fullName, said: test.failureMessages[0] ?? '' }))
      // a file that cannot be loaded, or cleared away after, has no test that failed
      return status === 'failed' && failed.length === 0 ? [{ file, name: '', said: message }] : failed
    }),
  }))
}

/** @param {string[]} options @returns {Promise<Outcome>} */
async function playwright(options) {
  const file = join(reports, 'playwright.json')
  return outcome(['@playwright/test/cli.js', 'test', ...options], file, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: specs(suites)
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => ({ file, name: title, said: tests.at(-1)?.results.at(-1)?.error?.message ?? '' })),
  }))
}

function specs(suites) {
  return suites.flatMap(({ specs: own = [], suites: inner = [] }) => [...own, ...specs(inner)])
}

/** Runs a program of tests and reads what it reports. @returns {Promise<Outcome>} */
async function outcome([program, ...options], file, read) {
  rmSync(file, { force: true })
  const code = await run(node, [join(project, 'node_modules', program), ...options], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
  })
  const asWhole = said => ({ file: '', name: `${program} as a whole`, said })
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')))
    return { passed, failed: failed.length === 0 && code !== 0 ? [asWhole(`It ended with code ${code}.`)] : failed }
  } catch (error) {
    return { passed: 0, failed: [asWhole(`It ended with code ${code}; what it reports cannot be read: ${error}`)] }
  }
}

function list(title, tests) {
  if (tests.length === 0) return
  console.log(`\n${title}`)
  for (const { file = '', name, said = '' } of tests)
    console.log(`  ${[file, name].filter(Boolean).join(' › ')}\n    ${said.split('\n')[0]}`)
}
