import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { languages, type TextTree } from '#platform/core'
import { filesOfPages } from '../../test/files-of-pages.ts'
import { type TextsPart, textsForBrowser, textsIn } from './texts.ts'

const sources = fileURLToPath(new URL('..', import.meta.url))
const flatten = (tree: TextTree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  ) as [string, string][]
/** plural forms of a text are one text: Chinese has one form, English two */
const singular = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const flat = Object.fromEntries(
  languages.map(language => [
    language,
    new Map(Object.entries(textsIn(language)).flatMap(([namespace, tree]) => flatten(tree, `${namespace}:`))),
  ]),
) as Record<(typeof languages)[number], Map<string, string>>
const keysIn = (language: (typeof languages)[number]) => new Set([...flat[language].keys()].map(singular))

test('every text exists in both languages and none is empty', () => {
  const [zh, en] = [keysIn('zh-CN'), keysIn('en')]
  expect([...zh].filter(key => !en.has(key))).toEqual([])
  expect([...en].filter(key => !zh.has(key))).toEqual([])
  for (const language of languages) expect([...flat[language]].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('a text has the same values to fill in in both languages', () => {
  const valuesOf = (text: string) =>
    [...text.matchAll(/\{\{\s*([\w.]+)/g)]
      .map(match => match[1]!)
      .sort()
      .join()
  const differing = [...flat['zh-CN']]
    .map(([key, text]) => ({ key, zh: valuesOf(text), en: flat.en.get(key) ?? flat.en.get(`${singular(key)}_other`) }))
    .filter(({ zh, en }) => en !== undefined && zh !== valuesOf(en))
  expect(differing).toEqual([])
})

test('every feature with texts is listed', () => {
  const withTexts = readdirSync(join(sources, 'features'), { recursive: true, encoding: 'utf8' })
    .filter(path => /^[\w-]+[\\/]core[\\/]texts\.ts$/.test(path))
    .map(path => path.split(/[\\/]/)[0])
  expect(Object.keys(textsIn('en')).sort()).toEqual([...withTexts, 'platform'].sort())
})

test('every text that code asks for by a literal key exists', () => {
  const asked = askedKeys()
  expect(asked.length).toBeGreaterThan(20)
  const known = keysIn('zh-CN')
  expect(asked.filter(({ key }) => !known.has(key)).map(({ file, key }) => `${key} in ${file}`)).toEqual([])
})

test('every text that a page asks for comes to its browser, and a public page asks for none of the console', () => {
  const keysOf = (part: TextsPart) =>
    new Set(
      Object.entries(textsForBrowser('en', part)).flatMap(([name, tree]) =>
        flatten(tree, `${name}:`).map(([key]) => singular(key)),
      ),
    )
  const [pages, console] = [keysOf('pages'), keysOf('console')]
  const asked = askedKeys().filter(({ file }) => file.endsWith('.tsx'))
  const [ofPublic, ofConsole] = [filesOfPages('public'), filesOfPages('console')]
  const below = (['account', 'documents', 'explorer'] as const).map(layout => ({
    files: filesOfPages(layout),
    keys: keysOf(layout),
  }))
  expect([...ofPublic].filter(file => ofConsole.has(file)).length).toBeGreaterThan(20)
  const missing = asked.filter(
    ({ file, key }) =>
      (ofPublic.has(file) && !pages.has(key) && !below.some(({ files, keys }) => files.has(file) && keys.has(key))) ||
      (ofConsole.has(file) && !pages.has(key) && !console.has(key)),
  )
  expect(missing.map(({ file, key }) => `${key} in ${file}`)).toEqual([])
})

/** `useTexts('sales')` binds a name to a namespace: `const t = …`; then `t('lead.title'`. On the server `'sales:mail.subject'` stands whole. */
function askedKeys(): { file: string; key: string }[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
  )
  return files.flatMap(file => {
    const code = readFileSync(join(sources, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '') // without docstrings
    const bound = [...code.matchAll(/const (\w+) = useTexts\('([\w-]+)'\)/g)].map(match => [match[1]!, match[2]!] as const)
    const byName = Map.groupBy(bound, ([name]) => name)
    const local = [...byName].flatMap(([name, bindings]) => {
      const namespaces = new Set(bindings.map(([, namespace]) => namespace))
      if (namespaces.size > 1) return [] // the same name stands for several namespaces in this file
      const calls = code.matchAll(new RegExp(`(?<![\\w.])${name}\\(\\s*'([\\w.-]+)'`, 'g'))
      return [...calls].map(match => `${[...namespaces][0]}:${match[1]}`)
    })
    const whole = [...code.matchAll(/translate\(\s*[\w.]+,\s*'([\w-]+:[\w.-]+)'/g)].map(match => match[1]!)
    return [...local, ...whole].map(key => ({ file, key }))
  })
}
