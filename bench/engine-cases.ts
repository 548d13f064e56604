import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDimacs } from '../engine/src/formats/index.ts'
import { publicData, readPublic } from '../engine/test/public-data.ts'
import type { Source, Sum } from './engine-model.ts'

export interface Case {
  name: string
  /** among the public models, or from the root of the project */
  path: string
  /** the DIMACS file whose numbers its variables have, where it is not the file itself */
  numbers?: string
  /** a file of linear sums with bounds that hold besides */
  sums?: string
  /** answers that independent solvers found */
  known?: { core: number; dead: number; hash?: number; cheapest?: number }
  goals?: { median: string; p95: string; first: string; load?: string; memory?: string; cheapest?: string }
  /** sessions by default; absent: the answers alone are looked at */
  sessions?: number
}

const demo = 'examples/machining-centre/model.json'

const all: Case[] = [
  { name: 'machining centre', path: demo, sessions: 1000 },
  {
    name: 'busybox 854',
    path: 'dimacs/busybox-1.18.0.dimacs',
    known: { core: 23, dead: 18, hash: -1902209385, cheapest: 12595 },
    goals: { median: '0.05', p95: '0.2', first: '6', load: '5' },
    sessions: 1000,
  },
  {
    name: 'automotive01 2,513',
    path: 'dimacs/automotive01.dimacs',
    known: { core: 100, dead: 195, hash: -1256748474, cheapest: 77016 },
    goals: { median: '0.5', p95: '1.5', first: '60', load: '25', cheapest: '500' },
    sessions: 1000,
  },
  {
    name: 'linux 6,467',
    path: 'dimacs/linux-2.6.33.3.dimacs',
    known: { core: 146, dead: 310, hash: -451744506 },
    goals: { median: '1', p95: '5', first: '40', load: '75' },
    sessions: 1000,
  },
  {
    name: 'automotive02_04 18,616',
    path: 'uvl/automotive02_04.uvl',
    known: { core: 1777, dead: 10, hash: -2004937789 },
    goals: { median: '0.3', p95: '1', first: '80', load: '250', memory: '150' },
    sessions: 1000,
  },
  {
    name: 'automotive01 with 6 sums',
    path: 'dimacs/automotive01.dimacs',
    sums: 'dimacs/automotive01.pb-f0.10.json',
    known: { core: 102, dead: 914, hash: -411085792 },
    goals: { median: '0.3', p95: '5', first: '150' },
    sessions: 1000,
  },
  { name: 'berkeleydb 117', path: 'dimacs/berkeleydb.dimacs', known: { core: 14, dead: 6 } },
  { name: 'pc-richmond 364', path: 'uvl/pc-richmond.uvl', known: { core: 9, dead: 0 } },
  {
    name: 'financialservices01 771',
    path: 'dimacs/financialservices01.dimacs',
    known: { core: 22, dead: 0, hash: -351477720 },
  },
  {
    name: 'financialservices01 by UVL',
    path: 'uvl/financialservices01.uvl',
    numbers: 'dimacs/financialservices01.dimacs',
    known: { core: 22, dead: 0, hash: -351477720 },
  },
  {
    name: 'busybox by UVL',
    path: 'uvl/busybox-1.18.0.uvl',
    numbers: 'dimacs/busybox-1.18.0.dimacs',
    known: { core: 23, dead: 18, hash: -1902209385 },
  },
  { name: 'automotive02_01 14,010', path: 'uvl/automotive02_01.uvl', known: { core: 1394, dead: 8 } },
]

/** The cases that are here: public models are left out where they are not. */
export function cases(only?: string): Case[] {
  return all.filter(one => (publicData || one.path === demo) && (only === undefined || one.name.includes(only)))
}

/** Everything of a case, read from its files. */
export function sourceOf({ path, numbers, sums, known }: Case): Source {
  const own = join(import.meta.dirname, '..', path)
  const text = existsSync(own) ? readFileSync(own, 'utf8') : readPublic(path)
  const ids = numbers || path.endsWith('.dimacs') ? variablesOf(readPublic(numbers ?? path)) : featuresOf(path, text)
  return {
    path,
    text,
    ...(ids && { ids }),
    ...(sums && { sums: (JSON.parse(readPublic(sums)) as { lits: number[]; w: number[]; B: number }[]).map(sumOf) }),
    costs: known?.cheapest !== undefined,
  }
}

const sumOf = ({ lits, w, B }: { lits: number[]; w: number[]; B: number }): Sum => ({ variables: lits, weights: w, most: B })

function variablesOf(text: string): string[] {
  const { variables, names } = readDimacs(text)
  return Array.from({ length: variables }, (_, i) => names.get(i + 1) ?? `x${i + 1}`)
}

/** The features of a UVL file in the order of its lines, which is how its published hash counts them. */
function featuresOf(path: string, text: string): string[] | undefined {
  if (!path.endsWith('.uvl')) return undefined
  const [, tree = ''] = /^features[^\n]*\n([\s\S]*?)(?:^constraints|$(?![\s\S]))/m.exec(text) ?? []
  return tree.split('\n').flatMap(line => {
    const [, quoted, bare] = /^\s*(?:"([^"]*)"|([^\s{]+))/.exec(line) ?? []
    const word = quoted ?? bare
    return word === undefined || /^(?:mandatory|optional|or|alternative|\[.*)$/.test(word) ? [] : [word]
  })
}
