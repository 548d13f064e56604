import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../examples/engine')
const tutorial = readFileSync(join(import.meta.dirname, '../docs/tutorial.md'), 'utf8')
const sourceOf = (name: string) => `\`\`\`ts\n// examples/engine/${name}\n${readFileSync(join(folder, name), 'utf8')}\`\`\`\n`

const programs = readdirSync(folder).filter(name => /^\d/.test(name))

test('the tutorial has five programs and the model they ask', () => {
  expect(programs).toHaveLength(5)
  expect(tutorial).toContain(sourceOf('compressor.ts'))
})

test.each(programs)('%s stands in the tutorial as it is, with what it prints', name => {
  const printed = execFileSync(process.execPath, [join(folder, name)], { encoding: 'utf8' })
  expect(tutorial).toContain(`${sourceOf(name)}\nIt prints\n\n\`\`\`text\n${printed}\`\`\`\n`)
})
