import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPackage } from '../scripts/build.ts'

const project = join(import.meta.dirname, '../..')
const answers = 'package-answers.mjs'

/** A program of somebody else's, with the package in its node_modules as npm puts it there. */
const consumer = mkdtempSync(join(tmpdir(), 'engine-package-'))
const installed = join(consumer, 'node_modules/@fettle/engine')

beforeAll(() => {
  buildPackage(join(consumer, 'built'))
  const npm = ['pack', join(consumer, 'built'), '--pack-destination', consumer, '--offline', '--ignore-scripts', '--silent']
  const archive = execFileSync('npm', npm, { encoding: 'utf8', cwd: consumer, shell: process.platform === 'win32' }).trim()
  execFileSync('tar', ['-xzf', archive], { cwd: consumer })
  mkdirSync(dirname(installed), { recursive: true })
  renameSync(join(consumer, 'package'), installed)
}, 60_000)
afterAll(() => rmSync(consumer, { recursive: true, force: true }))

/** What a module imports: by a statement of its own, or in the middle of a type or expression. */
const importing = /^(?:import|export|\})[^'\n]* from '([^']+)'|\bimport\(["']([^"']+)["']\)/gm

const filesEndingIn = (end: string) =>
  readdirSync(installed, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(end))
    .map(name => ({ name, text: readFileSync(join(installed, name), 'utf8') }))

describe('the engine as npm has it', () => {
  test('answers in plain Node what its sources answer', () => {
    copyFileSync(join(import.meta.dirname, answers), join(consumer, answers))
    const model = join(project, 'examples/rotary-table/model.json')
    const askIn = (folder: string) => execFileSync(process.execPath, [answers, model], { cwd: folder, encoding: 'utf8' })
    const said = askIn(consumer)
    expect(said).toBe(askIn(import.meta.dirname))
    expect(said).toContain('"verdict": "impossible"')
    expect(JSON.parse(said)).toContain('conflict')
  })

  test.each(['nodenext', 'bundler'])('has types that hold without leniency, resolved by %s', moduleResolution => {
    writeFileSync(
      join(consumer, 'consumer.ts'),
      `import { compile, type Decision, decide, type Domains, domains, type Model, start } from '@fettle/engine'
import { importModel } from '@fettle/engine/formats'

export function afterOne(decision: Decision, model: Model): Domains | undefined {
  const result = compile(model)
  if (!result.ok) return undefined
  const decided = decide(start(result.compiled), decision)
  return decided.status === 'ok' ? domains(decided.state) : undefined
}
const imported = importModel('lamp.uvl', 'features\\n  Lamp')
export const name: string = imported.ok ? imported.model.name.en : imported.errors[0]!.message.en
// @ts-expect-error a decision says what it decides
export const wrong: Decision = { option: 'lamp' }
`,
    )
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2024',
      lib: ['es2024'],
      types: [],
      module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
      moduleResolution,
    }
    writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    const tsc = join(project, 'node_modules/typescript/bin/tsc')
    expect(() => execFileSync(process.execPath, [tsc, '-p', consumer], { stdio: 'pipe' })).not.toThrow()
  })

  test('needs nothing: no package, no module of Node, nothing that installs itself', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    for (const key of Object.keys(manifest)) expect(key).not.toMatch(/dependencies|scripts|bin/i)
    const modules = [...filesEndingIn('.js'), ...filesEndingIn('.d.ts')]
    const imported = modules.flatMap(({ text }) => [...text.matchAll(importing)].map(([, named, computed]) => named ?? computed!))
    expect(imported.filter(path => !/^\.\.?\/[\w./-]+\.js$/.test(path))).toEqual([])
    expect(imported.length).toBeGreaterThan(100)
  })

  test('brings its documents, and no link in them leads out of it', () => {
    const documents = filesEndingIn('.md')
    expect(documents.map(({ name }) => name)).toContain('README.md')
    const links = documents.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\(([^)#\s]+)/g)].map(found => join(installed, dirname(name), found[1]!)),
    )
    expect(links.filter(path => !path.includes('https:') && !existsSync(path))).toEqual([])
    expect(links.length).toBeGreaterThan(2)
    for (const name of ['LICENSE', 'model.schema.json']) expect(existsSync(join(installed, name))).toBe(true)
  })

  test('has no tests and no sources in it', () => {
    expect(filesEndingIn('.ts').filter(({ name }) => !name.endsWith('.d.ts'))).toEqual([])
    expect(filesEndingIn('.js').filter(({ name }) => name.includes('.test.'))).toEqual([])
  })
})
