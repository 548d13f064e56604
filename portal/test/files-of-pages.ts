import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RouteConfigEntry } from '@react-router/dev/routes'
import routes from '../src/app/web/routes.ts'

const sources = fileURLToPath(new URL('../src/', import.meta.url))
const app = join(sources, 'app/web')

/** Every file below `src` that the pages of a layout of routes.ts are made of. Through a door only what is taken by name. */
export function filesOfPages(layout: 'public' | 'account' | 'documents' | 'explorer' | 'console'): Set<string> {
  const files = new Set<string>()
  const start = entriesOf(routes).find(({ id }) => id === layout)
  if (!start) throw new Error(`routes.ts has no layout "${layout}"`)
  for (const file of ['root.tsx', 'entry.client.tsx', ...filesOf(start)]) follow(join(app, file))
  return new Set([...files].map(file => relative(sources, file)))

  function follow(file: string): void {
    if (files.has(file) || !existsSync(file)) return
    files.add(file)
    for (const next of importsOf(file)) follow(next)
  }
}

const entriesOf = (entries: RouteConfigEntry[]): RouteConfigEntry[] =>
  entries.flatMap(entry => [entry, ...entriesOf(entry.children ?? [])])

const filesOf = ({ file, children = [] }: RouteConfigEntry): string[] => [file, ...children.flatMap(filesOf)]

/** The files of ours that a file imports; types alone bring nothing. */
function importsOf(file: string): string[] {
  const code = readFileSync(file, 'utf8')
  const statements = code.matchAll(/^(?:import|export) (?!type\b)(?:(?:\{([^}]*)\}|[^'"]*?) from )?'([^']+)'/gm)
  const late = [...code.matchAll(/\bimport\('([^']+)'\)/g)].flatMap(([, path]) => resolved(file, path!, null))
  return [...[...statements].flatMap(([, names, path]) => resolved(file, path!, names ?? null)), ...late]
}

/** names: what is taken, as written between braces; null: all of it */
function resolved(from: string, path: string, names: string | null): string[] {
  if (path.startsWith('.')) return [join(dirname(from), path)]
  if (!path.startsWith('#')) return []
  const door = join(sources, path.slice(1), 'index.ts')
  if (names === null || !existsSync(door)) return [door]
  const taken = new Set(
    names.split(',').map(
      name =>
        name
          .trim()
          .replace(/^type .*/, '')
          .split(/\s+as\s+/)[0]!,
    ),
  )
  const exported = readFileSync(door, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)
  return [...exported].flatMap(([, offered, target]) =>
    offered!.split(',').some(name =>
      taken.has(
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1)!,
      ),
    )
      ? resolved(door, target!, offered!)
      : [],
  )
}
