import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const packages = join(import.meta.dirname, 'node_modules')

/** Where a package is that only benchmarks need: no dependency of the project, installed here by whoever measures. */
export function installed(name: string): string {
  const folder = join(packages, name)
  if (existsSync(folder)) return folder
  console.error('Installing what the benchmarks are measured with into bench/ …')
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return folder
}

export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(installed(name), 'package.json'), 'utf8')) as { version: string }).version
}
