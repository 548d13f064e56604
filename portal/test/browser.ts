import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Browser {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

/**
 * The headless Chromium that comes by npm, unpacked once per version, with the libraries and fonts it brings where the machine
 * has none. Of the arguments its package recommends only --no-sandbox is taken: the others switch web security off.
 */
export async function prepareBrowser(): Promise<Browser> {
  const packed = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `fettle-browser-${version}`)
  if (!existsSync(folder)) await unpack(packed, folder)

  const executablePath = join(folder, 'chromium')
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  const ownLibraries = { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }
  for (const libraries of [{}, ownLibraries]) {
    const env = { ...inherited(), ...utf8, ...fonts, ...libraries }
    if (starts(executablePath, env)) return { executablePath, args: ['--no-sandbox'], env }
  }
  throw new Error(`The browser in ${folder} does not start: run "${executablePath} --version" to see why.`)
}

async function unpack(packed: string, folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  const before = process.env.TMPDIR
  process.env.TMPDIR = unfinished // where the package unpacks, and takes what it finds there for its own
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium')
    await chromium.executablePath(join(packed, 'bin'))
    await inflate(join(packed, 'bin/al2023.tar.br'))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** Without a locale the browser cannot write a Chinese file name, and calls every download "download". */
const utf8 = { LC_ALL: 'C.UTF-8' }

const inherited = () =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** Whether the machine has the libraries it is linked to. */
function starts(executablePath: string, env: Record<string, string>): boolean {
  try {
    return execFileSync(executablePath, ['--version'], { env, encoding: 'utf8', timeout: 30_000 }).includes('Chrom')
  } catch {
    return false
  }
}
