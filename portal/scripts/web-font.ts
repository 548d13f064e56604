import { createHash } from 'node:crypto'
import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const portal = fileURLToPath(new URL('..', import.meta.url))
const project = join(portal, '..')
const recipe = '7' // changes when the way of cutting does

/**
 * Cuts the web face (Noto Sans SC) down to the characters this portal says, into the folder:
 * `latin` (with digits and punctuation), `text` (what public pages say), `more` (what the configurator and its catalogue add), `trades` (what the
 * products of other trades add), `console` (the rest) in regular weight, `latin-strong` and `strong` for headings and labels.
 * `unicode-range` makes a browser load a file only when a page needs it. Characters outside all of them, and those of foreign catalogues, fall to the system face.
 */
export async function makeWebFont(folder: string): Promise<void> {
  const said = await saidCharacters()
  const key = createHash('sha256')
    .update(JSON.stringify([recipe, ...Object.values(said)]))
    .digest('hex')
  if ((await readFile(join(folder, 'key'), 'utf8').catch(() => '')) === key) return
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })

  const regular = await face('400Regular/NotoSansSC_400Regular.ttf')
  const strong = await face('600SemiBold/NotoSansSC_600SemiBold.ttf')
  await write(join(folder, 'latin.woff2'), regular, latin)
  await write(join(folder, 'text.woff2'), regular, said.text)
  await write(join(folder, 'more.woff2'), regular, said.more)
  await write(join(folder, 'trades.woff2'), regular, said.trades)
  await write(join(folder, 'console.woff2'), regular, said.console)
  await write(join(folder, 'latin-strong.woff2'), strong, latin)
  await write(join(folder, 'strong.woff2'), strong, said.strong)
  await writeFile(join(folder, 'fonts.css'), fontFaces(said))
  await writeFile(join(folder, 'key'), key)
}

interface Said {
  text: string
  more: string
  trades: string
  console: string
  strong: string
}

/** Latin letters, punctuation of both scripts, digits, and the signs of drawings, units and prices. */
const latin = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff).filter(character => character !== '·'), // one em wide in this face: 'N·m' and lists take the system's
  ...'‐–—‘’“”•…′″‹›€™←↑→↓↔∅∑−∞≈≠≤≥⌀①②③④⑤⑥⑦⑧⑨■□▲△▼◆◇○●★✓✕×÷±°µΩ',
  ...'　、。〈〉《》「」『』【】〔〕〜！（），－．／：；？［］｛｝～￥',
].join('')

/** By source: an earlier group keeps the characters it has, a later one adds only what is new. */
const sources: [group: keyof Omit<Said, 'strong'>, patterns: string[]][] = [
  [
    'text',
    [
      'portal/src/{platform,features/products,features/content}/core/texts.ts',
      'portal/src/features/products/core/drawing/*.ts',
      'examples/manufacturer/manufacturer.json',
      'examples/*/model.json',
      'examples/{machining-centre,rotary-table}/page.json',
    ],
  ],
  ['more', ['portal/src/features/{configurator,sales}/core/texts.ts', 'examples/{machining-centre,rotary-table}/*.json']],
  ['trades', ['examples/*/{page,model,manufacturer,content}.json']],
  [
    'console',
    [
      'portal/src/**/*.{ts,tsx}',
      'engine/src/**/*.ts',
      'examples/{customers,documents,machines}/*.json',
      'scripts/screenshots.mjs',
    ],
  ],
]

/** Words that names of companies are compared with, and nobody reads. */
const unsaid = /[\\/]imports[\\/]core[\\/](?:chinese-places|simplified-characters)\.ts$/

async function saidCharacters(): Promise<Said> {
  const seen = new Set(latin)
  const said: Said = { text: '', more: '', trades: '', console: '', strong: '' }
  for (const [group, patterns] of sources) {
    const words = await wordsOf(patterns, group)
    const found = words.flatMap(word => word.match(han) ?? []).filter(character => !seen.has(character))
    for (const character of found) seen.add(character)
    said[group] = sorted(found)
    // Headings, labels and names are short. A longer text in strong type is emboldened by the browser.
    if (group === 'text')
      said.strong = sorted(words.map(word => word.match(han) ?? []).flatMap(word => (word.length <= 6 ? word : [])))
  }
  return said
}

/** The quoted texts of the files. Of a model, public pages say only its name and what its specification names. */
async function wordsOf(patterns: readonly string[], group: string): Promise<string[]> {
  const words: string[] = []
  for (const pattern of patterns) {
    for await (const path of glob(pattern, { cwd: project })) {
      if (path.includes('.test.') || unsaid.test(path)) continue
      let text = await readFile(join(project, path), 'utf8')
      if (group === 'text' && path.endsWith('model.json')) {
        const { name, description, spec } = JSON.parse(text)
        text = JSON.stringify({ name, description, spec })
      }
      for (const [, single, double, template] of text.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g))
        words.push(single ?? double ?? template ?? '')
      if (group === 'console') words.push(text)
    }
  }
  return words
}

const sorted = (characters: readonly string[]) => [...new Set(characters)].sort().join('')

const han = /[\p{Script=Han}]/gu

async function face(path: string): Promise<Buffer> {
  return readFile(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${path}`))
}

async function write(path: string, from: Buffer, characters: string): Promise<void> {
  const options = {
    targetFormat: 'woff2',
    noHinting: true,
    noLayoutClosure: true,
    keepFeatures: ['kern', 'tnum', 'locl', 'ccmp', 'mark'],
  } as const
  await writeFile(path, await subsetFont(from, characters || ' ', options))
}

const latinFallback =
  "src:local('Arial'),local('Liberation Sans'),local('Roboto');size-adjust:105.8%;ascent-override:109.6%;descent-override:27.2%;line-gap-override:0%"

/**
 * `Fettle Sans Text` is the regular face under a second name: a strong character that is not in `strong` takes it and is emboldened.
 * `Fettle Latin` gives Arial the widths of the face (1.058 times Arial's, weighted by the frequency of English letters) and its height,
 * so that nothing moves when the face arrives; Chinese is one em wide in every face. `Fettle Marks` gives English its narrow quotation marks.
 */
function fontFaces(said: Said): string {
  const rule = (family: string, file: string, weight: number, characters: string) =>
    `@font-face{font-family:'${family}';src:url('./${file}.woff2') format('woff2');font-weight:${weight};font-display:swap;unicode-range:${unicodeRange(characters)}}`
  const regular = [
    ['latin', latin],
    ['text', said.text],
    ['more', said.more],
    ['trades', said.trades],
    ['console', said.console],
  ].filter(([, characters]) => characters) as [string, string][]
  return [
    ...regular.map(([file, characters]) => rule('Fettle Sans', file, 400, characters)),
    rule('Fettle Sans', 'latin-strong', 600, latin),
    ...(said.strong ? [rule('Fettle Sans', 'strong', 600, said.strong)] : []),
    ...regular.map(([file, characters]) => rule('Fettle Sans Text', file, 400, characters)),
    `@font-face{font-family:'Fettle Latin';${latinFallback};unicode-range:U+0-24F,U+2000-206F}`,
    `@font-face{font-family:'Fettle Marks';${latinFallback};unicode-range:U+2018-201D,U+2026}`,
    '',
  ].join('\n')
}

/** CSS unicode-range of the characters: 'U+20-7E,U+4E00' */
export function unicodeRange(characters: string): string {
  const points = [...new Set(characters)].map(character => character.codePointAt(0)!).sort((a, b) => a - b)
  const spans: [number, number][] = []
  for (const point of points) {
    const last = spans.at(-1)
    if (last && last[1] === point - 1) last[1] = point
    else spans.push([point, point])
  }
  return spans.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(',')
}

const hex = (point: number) => point.toString(16).toUpperCase()

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at))
}
