// npm run build -w engine: the package as npm has it, in engine/dist. Publish it from there: npm publish engine/dist --access public.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const engine = fileURLToPath(new URL('..', import.meta.url))
const project = join(engine, '..')

/** Writes the package into a folder, in place of what is there: compiled modules with their types in `lib`, documents, and the manifest. */
export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  compileInto(join(folder, 'lib'))
  for (const name of ['README.md', 'model.schema.json', 'docs'])
    cpSync(join(engine, name), join(folder, name), { recursive: true })
  cpSync(join(project, 'LICENSE'), join(folder, 'LICENSE'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
}

/** Modules and types. A file of types keeps the endings of the sources it was made of (`./api.ts`), which are not in the package. */
export function compileInto(folder: string): void {
  const compiler = join(project, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', join(engine, 'tsconfig.build.json'), '--outDir', folder], { stdio: 'inherit' })
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const file = join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(from '\.[^'\n]*)\.ts'/g, "$1.js'"))
  }
}

function manifest() {
  const { name, version, description, license, type, keywords } = JSON.parse(readFileSync(join(engine, 'package.json'), 'utf8'))
  const entry = (path: string) => ({ types: `./lib/${path}.d.ts`, default: `./lib/${path}.js` })
  return {
    name,
    version,
    description,
    license,
    keywords,
    type,
    sideEffects: false,
    exports: { '.': entry('index'), './formats': entry('formats/index'), './model.schema.json': './model.schema.json' },
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) buildPackage(join(engine, 'dist'))
