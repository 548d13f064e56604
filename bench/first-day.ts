/**
 * What the first day costs: clicks, fields and waiting from an empty installation to a published product of 44 options and a sent offer,
 * and of one more option with a price and a rule, as the browser story of the first day counts them. Option: --json.
 *
 * By hand: the keystroke-level model's mean times (Card, Moran and Newell 1980): 1.3 s to point and press, 0.28 s a key, 1.35 s to make up
 * one's mind before each field. What the portal takes is added as it was. Deciding what to sell, and designing it, is not in it.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Work } from '../portal/stories/work-counter.ts'
import { type Measure, report } from './harness.ts'

const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'))
const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
try {
  const file = join(folder, 'work.json')
  const { status, stdout } = spawnSync(process.execPath, [cli, 'test', 'stories/first-day'], {
    env: { ...process.env, FETTLE_WORK_FILE: file },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The story of the first day did not end well:\n${stdout}`)
  report('first-day', (JSON.parse(readFileSync(file, 'utf8')) as Work[]).flatMap(measured))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function measured({ until, clicks, fields, keys, seconds }: Work): Measure[] {
  const single = until.startsWith('an option')
  const byHand = Math.round(clicks * 1.3 + fields * (1.3 + 1.35) + keys * 0.28 + seconds)
  return [
    { case: until, metric: 'clicks', value: clicks, unit: '', ...(single ? { goal: '15' } : {}) },
    { case: until, metric: 'fields and cells', value: fields, unit: '', note: `${keys} characters` },
    { case: until, metric: 'taken by the portal', value: seconds, unit: 's' },
    ...(single ? [{ case: until, metric: 'by hand, estimated', value: byHand, unit: 's', goal: '120' }] : []),
  ]
}
