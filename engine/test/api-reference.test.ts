import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as engine from '@fettle/engine'
import * as formats from '@fettle/engine/formats'
import { expect, test } from 'vitest'
import { apiReference } from '../scripts/api-reference.ts'

const written = readFileSync(join(import.meta.dirname, '../docs/api.md'), 'utf8')

test('the reference says what the types of the package say (node engine/scripts/api-reference.ts writes it)', {
  timeout: 60_000,
}, () => {
  expect(written).toBe(apiReference())
})

test('the reference has every function with its signature, and a sentence about it before', () => {
  const entries = new Map(written.split(/^### /m).map(entry => [entry.slice(0, entry.indexOf('\n')), entry]))
  for (const name of [...Object.keys(engine), ...Object.keys(formats)]) {
    const [sentences, signature] = entries.get(name)!.split('```ts\n')
    expect([`function ${name}(`, `const ${name}: (`].some(start => signature!.startsWith(start))).toBe(true)
    expect(sentences!.trim().length).toBeGreaterThan(name.length + 20)
  }
})
