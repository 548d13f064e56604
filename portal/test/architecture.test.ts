import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const project = join(import.meta.dirname, '../..')
const portal = join(project, 'portal/src')

/** Where a file belongs: 'engine', 'tracker', 'platform/core', 'features/sales/web', 'app', 'test' … */
type Room = string

interface Import {
  from: string
  specifier: string
  /** file it resolves to; null for a package or a built-in module */
  to: string | null
}

const files = ['engine/src', 'tracker/src', 'portal/src']
  .flatMap(folder => readdirSync(join(project, folder), { recursive: true, withFileTypes: true }))
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !/^test-|\.(test|d)\.tsx?$/.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name))

const imports: Import[] = files.flatMap(from => {
  const text = readFileSync(from, 'utf8')
  const specifiers = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?from\s*['"]([^'"]+)['"]/g),
  ]
  const others = [...text.matchAll(/(?:\bimport\s*\(\s*|(?:^|\n)import\s+)['"]([^'"]+)['"]/g)]
  return [...specifiers, ...others].map(match => ({ from, specifier: match[1]!, to: resolveImport(from, match[1]!) }))
})

function resolveImport(from: string, specifier: string): string | null {
  if (/\.(css|svg|woff2|json)(\?\w+)?$/.test(specifier)) return null
  if (specifier.startsWith('.')) return resolve(dirname(from), specifier)
  const door = /^#(platform|features\/[\w-]+)\/(core|server|web)$/.exec(specifier)
  if (door) return join(portal, door[1]!, door[2]!, 'index.ts')
  if (specifier.startsWith('@fettle/')) return join(project, specifier.slice('@fettle/'.length).split('/')[0]!, 'src/index.ts')
  return null
}

function roomOf(file: string): Room {
  const path = relative(project, file).replaceAll('\\', '/')
  const [, feature, side] = /^portal\/src\/features\/([\w-]+)\/(core|server|web)\//.exec(path) ?? []
  if (feature) return `features/${feature}/${side}`
  const [, part] = /^portal\/src\/(platform\/(?:core|server|web)|app)\//.exec(path) ?? []
  return part ?? path.split('/')[0]!
}

const sideOf = (room: Room) => room.split('/').at(-1)!
const isFeature = (room: Room) => room.startsWith('features/')
const short = (file: string) => relative(project, file).replaceAll('\\', '/')

/** Why this import is not allowed, or null. */
function refuse({ from, specifier, to }: Import): string | null {
  const here = roomOf(from)
  const side = sideOf(here)
  if (to === null) return refusePackage(here, side, specifier)
  const there = roomOf(to)
  if (here === there) return null
  if (here === 'engine' || here === 'tracker') return `${here} stands alone: it imports nothing of the project`
  if (here === 'app' || here === 'test') return null
  if (there === 'app') return 'only app/ knows how the parts are put together'
  if (there === 'engine') return null
  if (there === 'tracker') return side === 'web' ? null : 'the tracker runs in browsers: only web imports it'
  if (here.startsWith('platform/') && isFeature(there)) return 'platform/ knows no feature'
  if (side === 'core' && sideOf(there) !== 'core') return 'core is plain rules: it imports neither server nor web'
  if (side === 'server' && sideOf(there) === 'web') return 'server and web meet only in core'
  if (side === 'web' && sideOf(there) === 'server') return 'server and web meet only in core'
  const sameFeature = isFeature(here) && isFeature(there) && here.split('/')[1] === there.split('/')[1]
  const samePlatform = here.startsWith('platform/') && there.startsWith('platform/')
  if (specifier.startsWith('.') && !sameFeature && !samePlatform) return `another part is entered through its door: #${there}`
  return null
}

function refusePackage(here: Room, side: string, specifier: string): string | null {
  const builtIn = specifier.startsWith('node:')
  if (here === 'engine' || here === 'tracker') return `${here} has no dependencies`
  if (side === 'core' && builtIn) return 'core runs in the browser too: no node modules'
  if (side === 'core' && /^(react|@mantine|hono|kysely|pg)(\/|$|-)/.test(specifier))
    return 'core is plain TypeScript: no framework'
  if (side === 'web' && builtIn) return 'web runs in the browser: no node modules'
  if (side === 'server' && /^(react-dom|@mantine|@tanstack)(\/|$)/.test(specifier)) return 'the look belongs to web'
  return null
}

test('imports follow the arrows of the house', () => {
  const refused = imports.flatMap(one => {
    const reason = refuse(one)
    return reason ? [`${short(one.from)} imports ${one.specifier}: ${reason}`] : []
  })
  expect(refused).toEqual([])
})

test('the check has seen the house', () => {
  const rooms = new Set(files.map(roomOf))
  for (const room of [
    'engine',
    'tracker',
    'platform/core',
    'platform/server',
    'platform/web',
    'app',
    'features/sales/core',
    'features/sales/server',
  ]) {
    expect(rooms).toContain(room)
  }
  expect(files.length).toBeGreaterThan(150)
  expect(imports.filter(({ to }) => to !== null).length).toBeGreaterThan(300)
})

test.each<[from: string, specifier: string, reason: RegExp]>([
  ['engine/src/decide.ts', 'zod', /no dependencies/],
  ['portal/src/features/sales/core/lead.ts', 'node:fs', /no node modules/],
  ['portal/src/features/sales/core/lead.ts', '../server/tables.ts', /neither server nor web/],
  ['portal/src/features/sales/web/leads.tsx', '../server/read-leads.ts', /meet only in core/],
  ['portal/src/features/sales/server/open-lead.ts', '../../products/server/tables.ts', /through its door/],
  ['portal/src/features/sales/web/leads.tsx', '#features/products/server', /meet only in core/],
  ['portal/src/platform/server/http.ts', '#features/sales/server', /knows no feature/],
  ['portal/src/features/sales/server/open-lead.ts', '../../../app/portal.ts', /only app/],
])('%s may not import %s', (from, specifier, reason) => {
  const file = join(project, from)
  expect(refuse({ from: file, specifier, to: resolveImport(file, specifier) })).toMatch(reason)
})
