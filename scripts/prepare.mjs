// What every command needs first: packages, the pinned Node, the built pages. Runs on Node 20 or newer with nothing installed.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('..', import.meta.url))
const modules = join(project, 'node_modules')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Ends the command with one sentence. @param {string} sentence @returns {never} */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Installs what is missing or older than the lock file; answers the path of the pinned Node. @returns {Promise<string>} */
export async function prepare() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(
      `Fettle needs Node 20 or newer to start (it then uses its own), and this is ${process.version}: install a newer one from https://nodejs.org.`,
    )
  }
  if (!isInstalled()) await install()
  return pinnedNode()
}

function isInstalled() {
  const installed = join(modules, '.package-lock.json')
  if (!existsSync(installed)) return false
  const changed = ['package-lock.json', 'package.json', 'engine/package.json', 'tracker/package.json', 'portal/package.json']
  if (changed.every(file => statSync(join(project, file)).mtimeMs <= statSync(installed).mtimeMs)) return true
  // A checkout touches files that say the same: what counts is whether every package in the lock is there in its version.
  const packages = file => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  const there = packages(installed)
  return Object.entries(packages(join(project, 'package-lock.json'))).every(
    ([path, wanted]) =>
      !path.includes('node_modules/') || wanted.optional || wanted.link || there[path]?.version === wanted.version,
  )
}

async function install() {
  try {
    execFileSync(npm, ['--version'], { stdio: 'ignore' })
  } catch {
    fail(
      'Fettle needs npm to install its packages, and there is none on the PATH: install Node 20 or newer from https://nodejs.org, npm comes with it.',
    )
  }
  // Not npm ci: it refuses a lock file that lacks optional packages of other platforms, which not every registry serves.
  const code = await withProgress('Installing packages (about 1.5 GB on disk)', () =>
    run(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project }),
  )
  if (code !== 0)
    fail('npm could not install the packages; its message stands above. Check the network and the free space, then start again.')
}

/** The Node this project pins; the machine's own may be older. */
function pinnedNode() {
  const { node: wanted } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).dependencies
  const path = join(modules, 'node/bin/node')
  const version = () => {
    try {
      return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      return null
    }
  }
  if (version() === `v${wanted}`) return path
  execFileSync(npm, ['rebuild', 'node', '--no-audit', '--no-fund'], { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] }) // where install scripts did not run
  if (version() === `v${wanted}`) return path
  if (process.version === `v${wanted}`) return process.execPath
  return fail(
    `Fettle's own Node ${wanted} is not in node_modules (${version() ?? 'none'} is): delete node_modules and start again.`,
  )
}

/** Builds the pages when what they are made of has changed. @param {string} node */
export async function buildWeb(node) {
  const stamp = join(project, 'portal/build/made-of')
  const madeOf = hashSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeOf && existsSync(join(project, 'portal/build/server/index.js')))
    return
  const output = []
  const code = await withProgress('Building the pages', () =>
    run(node, [join(modules, '@react-router/dev/bin.cjs'), 'build'], {
      cwd: join(project, 'portal'),
      env: { ...childEnvironment(node), NO_COLOR: '1' },
      output,
    }),
  )
  if (code !== 0) fail(`${output.join('')}\nThe pages could not be built; the reason stands above.`)
  writeFileSync(stamp, madeOf)
}

const sources = ['engine/src', 'tracker/src', 'portal/src', 'portal/scripts', 'examples']
const single = [
  'portal/vite.config.ts',
  'portal/vite.embed.config.ts',
  'portal/react-router.config.ts',
  'portal/package.json',
  'engine/package.json',
  'package-lock.json',
]

function hashSources() {
  const hash = createHash('sha256')
  const files = sources.flatMap(folder =>
    readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.includes('.test.'))
      .map(entry => join(entry.parentPath ?? entry.path, entry.name)),
  )
  const onlyServer = /[\\/]server[\\/]/
  for (const file of [...files.filter(path => !onlyServer.test(path)), ...single.map(path => join(project, path))].sort()) {
    hash.update(file.slice(project.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** The environment of everything run by the pinned Node. @param {string} node */
export const childEnvironment = node => ({
  ...process.env,
  NODE_COMPILE_CACHE: join(project, '.cache/node'), // a third of the start is reading the same sources again
  PATH: [join(node, '..'), join(modules, '.bin'), process.env.PATH].join(delimiter),
})

/**
 * Runs a program; answers its exit code. With `output` it collects what the program says instead of showing it.
 * @param {string} command @param {string[]} args @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: string[] }} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, { output, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, stdio: output ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options })
    if (output) for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => output.push(String(chunk)))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

/** Says what is going on, every ten seconds again, and how long it took. @param {string} what @param {() => Promise<number>} work */
async function withProgress(what, work) {
  const started = Date.now()
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`
  console.log(`${what} …`)
  const reminder = setInterval(() => console.log(`${what} … ${seconds()}`), 10_000)
  const code = await work().finally(() => clearInterval(reminder))
  if (code === 0) console.log(`${what}: done in ${seconds()}`)
  return code
}
