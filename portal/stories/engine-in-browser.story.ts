import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { compile, type Model } from '../../engine/src/index.ts'
import { randomModel } from '../../engine/test/random-model.ts'
import { hashOfSessions } from '../../engine/test/sessions.ts'
import { bundle } from '../test/bundle.ts'
import { expect, test } from './portal-fixture.ts'

const root = join(import.meta.dirname, '../..')

test('the engine answers in a browser as in Node, bit for bit', async ({ page }) => {
  const script = await bundle(join(root, 'engine/test/sessions.ts'), 'sessions')
  await page.goto('about:blank')
  await page.addScriptTag({ content: script })
  const inBrowser = (model: Model, sessions: number) =>
    page.evaluate(
      ([model, sessions]) =>
        (globalThis as unknown as { sessions: { hashOfSessions: typeof hashOfSessions } }).sessions.hashOfSessions(
          model,
          sessions,
        ),
      [model, sessions] as const,
    )

  const demo = JSON.parse(readFileSync(join(root, 'examples/machining-centre/model.json'), 'utf8')) as Model
  expect(await inBrowser(demo, 10)).toBe(hashOfSessions(demo, 10))
  expect(hashOfSessions(demo, 9), 'the number says something about the answers').not.toBe(hashOfSessions(demo, 10))

  const models = fc.sample(randomModel({ groups: 8, options: 5, constraints: 8 }), { seed: 6, numRuns: 40 })
  const usable = models.filter(model => compile(model).ok).slice(0, 10)
  expect(usable).toHaveLength(10)
  for (const model of usable) expect(await inBrowser(model, 20), JSON.stringify(model)).toBe(hashOfSessions(model, 20))
})
