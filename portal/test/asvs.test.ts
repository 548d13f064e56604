import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPublicData } from './public-data.ts'

const project = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(project, file), 'utf8')
const page = read('docs/security/asvs.md')

interface Row {
  /** 'V1.2.3' */
  id: string
  words: string
  status: string
  /** where `met`: what shows it; else why not */
  shown: string
}

const rows: Row[] = [...page.matchAll(/^\| (V[\d.]+) \| (.+?) \| (.+?) \| (.+) \|$/gm)].map(([, id, words, status, shown]) => ({
  id: id!,
  words: words!,
  status: status!,
  shown: shown!,
}))

/** A path of the project, and what stands in that file. */
const named = rows
  .filter(({ status }) => status === 'met')
  .flatMap(({ id, shown }) =>
    [...shown.matchAll(/`([^`]+)`(?: “([^”]+)”)?/g)].map(([, path, quoted]) => ({ id, path: path!, quoted })),
  )

test('every row is met and says by what, or is not and says why', () => {
  expect(rows.length).toBeGreaterThan(200)
  expect(rows.map(({ status }) => status).filter(status => !['met', 'not met', 'n/a'].includes(status))).toEqual([])
  const shows = new Set(named.map(({ id }) => id))
  expect(rows.filter(({ id, status }) => status === 'met' && !shows.has(id))).toEqual([])
})

test('whatever is named exists, and holds what is quoted', () => {
  const wrong = named.filter(({ path, quoted }) => !existsSync(join(project, path)) || (quoted && !read(path).includes(quoted)))
  expect(wrong).toEqual([])
})

test('the counts at the top are those of the rows', () => {
  for (const status of ['met', 'not met', 'n/a', 'all']) {
    const count = rows.filter(row => status === 'all' || row.status === status).length
    expect(page, status).toContain(`\n| ${status} | ${count} |\n`)
  }
})

interface Requirement {
  req_id: string
  L: string
  req_description: string
}

const standard = readPublicData('service/security/asvs-5.0.0.flat.json')
const requirements = standard ? (JSON.parse(standard) as { requirements: Requirement[] }).requirements : []

test.skipIf(!standard)('every requirement of the levels 1 and 2 is there once, and no other', () => {
  const expected = requirements.filter(({ L }) => L === '1' || L === '2').map(one => one.req_id)
  expect(expected.length).toBeGreaterThan(200)
  expect(rows.map(({ id }) => id)).toEqual(expected)
})

test.skipIf(!standard)('the words are ours: no eight of them in a row are the standard’s', () => {
  const text = new Map(requirements.map(one => [one.req_id, ` ${wordsOf(one.req_description).join(' ')} `]))
  const copied = rows.flatMap(({ id, words, shown }) =>
    runs(`${words} ${shown}`).filter(run => text.get(id)?.includes(` ${run} `)),
  )
  expect(copied).toEqual([])
})

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []

/** All runs of eight words. */
const runs = (text: string): string[] =>
  wordsOf(text)
    .map((_, at, words) => words.slice(at, at + 8))
    .filter(run => run.length === 8)
    .map(run => run.join(' '))
