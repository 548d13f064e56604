import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(project, file), 'utf8')

interface Locked {
  version: string
  license?: string
  resolved?: string
  integrity?: string
  link?: boolean
}
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const packages = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.includes('node_modules/') && !link)
  .map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), ...locked }))

const { licences: exceptions } = JSON.parse(read('docs/security/dependency-exceptions.json')) as {
  licences: { package: string; licence: string; why: string }[]
}
const allowed = [
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'Zlib',
  'CC0-1.0',
  'OFL-1.1',
]

/** Whether one may use it under the allowed licences: of `A OR B` one is enough, of `A AND B` both are needed. */
const satisfies = (expression: string, accepted: readonly string[]): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(licence => accepted.includes(licence)))

const isNamed = (pattern: string, name: string) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
const exceptionFor = (name: string) => exceptions.find(one => isNamed(one.package, name))

test('every package, down to the last, has a licence that may be used, or an exception with its reason', () => {
  const refused = packages.flatMap(({ name, version, license }) => {
    const exception = exceptionFor(name)
    const accepted = exception ? [...allowed, exception.licence] : allowed
    const stated = license ?? exception?.licence
    return stated && satisfies(stated, accepted) ? [] : [`${name}@${version}: ${license ?? 'none stated'}`]
  })
  expect(refused).toEqual([])
  expect(packages.length).toBeGreaterThan(200)
})

test('no exception outlives its package, and each says why', () => {
  const idle = exceptions.filter(one => !packages.some(({ name }) => isNamed(one.package, name)))
  expect(idle.map(one => one.package)).toEqual([])
  for (const { why } of exceptions) expect(why.length).toBeGreaterThan(20)
})

test('every package comes from the registry in one exact version with its checksum', () => {
  const wrong = packages.filter(
    ({ resolved, integrity }) =>
      (resolved && !/^https:\/\/registry\.npmjs\.org\//.test(resolved)) || !integrity?.startsWith('sha512-'),
  )
  expect(wrong.map(({ name, resolved, integrity }) => `${name} ${resolved} ${integrity}`)).toEqual([])
})

const manifests = ['package.json', 'engine/package.json', 'tracker/package.json', 'portal/package.json'].map(
  file => JSON.parse(read(file)) as Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>,
)
const direct = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) =>
  Object.entries({ ...dependencies, ...devDependencies }),
)

test('what the project asks for itself stands in docs/dependencies.md, in one exact version', () => {
  const page = read('docs/dependencies.md').split('## Weighed')[0]!
  const isListed = (name: string) => page.includes(`\`${name}\``) || (name.startsWith('@types/') && page.includes('`@types/*`'))
  expect(direct.map(([name]) => name).filter(name => !name.startsWith('@fettle/') && !isListed(name))).toEqual([])
  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('the bill of materials names what runs, in CycloneDX', () => {
  const bill = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 26 }),
  )
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX' })
  const names = (bill.components as { purl: string }[]).map(({ purl }) => purl)
  expect(names).toContainEqual(expect.stringMatching(/^pkg:npm\/hono@/))
  expect(names).not.toContainEqual(expect.stringMatching(/^pkg:npm\/vitest@/))
})
