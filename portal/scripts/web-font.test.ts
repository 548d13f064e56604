import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeWebFont, unicodeRange } from './web-font.ts'

describe('the web face', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-face-'))
    await makeWebFont(folder)
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('weighs 200 kB at most on a public page and on the configurator', async () => {
    const bytes = async (...names: string[]) => {
      const sizes = await Promise.all(names.map(async name => (await stat(join(folder, `${name}.woff2`))).size))
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    const publicPage = await bytes('latin', 'latin-strong', 'text', 'strong')
    expect(publicPage).toBeLessThan(170_000)
    expect(publicPage + (await bytes('more'))).toBeLessThan(200_000)
    expect(await bytes('latin', 'latin-strong')).toBeLessThan(30_000)
  })

  test('has every Chinese character of the interface and the catalogue in regular weight', async () => {
    const css = await readFile(join(folder, 'fonts.css'), 'utf8')
    const covered = new Set<number>()
    for (const [, ranges = ''] of css.matchAll(/font-weight:400;[^}]*unicode-range:([^}]+)}/g)) {
      for (const range of ranges.split(',')) {
        const [from = 0, to = from] = range
          .replace('U+', '')
          .split('-')
          .map(point => Number.parseInt(point, 16))
        for (let point = from; point <= to; point++) covered.add(point)
      }
    }
    const texts = [
      '../src/platform/core/texts.ts',
      '../src/features/products/core/texts.ts',
      '../../examples/machining-centre/model.json',
    ]
    const said = (await Promise.all(texts.map(path => readFile(new URL(path, import.meta.url), 'utf8')))).join('')
    const missing = (said.match(/\p{Script=Han}/gu) ?? []).filter(character => !covered.has(character.codePointAt(0)!))
    expect(missing).toEqual([])
  })

  test('is not cut again while nothing new is said', async () => {
    const before = await stat(join(folder, 'text.woff2'))
    await makeWebFont(folder)
    expect((await stat(join(folder, 'text.woff2'))).mtimeMs).toBe(before.mtimeMs)
  })
})

test('neighbouring characters make one range', () => {
  expect(unicodeRange('abcz一')).toBe('U+61-63,U+7A,U+4E00')
  expect(unicodeRange('aa')).toBe('U+61')
})
