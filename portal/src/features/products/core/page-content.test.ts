import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manufacturerProfile } from '../../manufacturer/core/index.ts'
import { pageContent } from './page-content.ts'

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../../../../examples/${file}`, import.meta.url), 'utf8'))

test.each(['machining-centre', 'rotary-table', 'wardrobe', 'suit'])(
  'the page of the example %s is whole in both languages',
  folder => {
    const page = pageContent.parse(read(`${folder}/page.json`))
    expect(page.facts).toHaveLength(3)
    expect(page.questions).toHaveLength(5)
    expect(emptyTexts(page)).toEqual([])
  },
)

test('the demo manufacturer has a complete profile', () => {
  expect(emptyTexts(manufacturerProfile.parse(read('manufacturer/manufacturer.json')))).toEqual([])
})

function emptyTexts(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => emptyTexts(inner, `${path}/${key}`))
}
