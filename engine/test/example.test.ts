import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('the engine in 20 lines runs as it is', () => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, '../../examples/engine-in-20-lines.ts')], {
    encoding: 'utf8',
  })
  expect(output).toContain('Hydraulic brake: excluded')
  expect(output).toContain('Possible without')
  expect(output).toMatch(/The cheapest, proved/)
})
