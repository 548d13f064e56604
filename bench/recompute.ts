/**
 * Whether every price and computed figure is right: random selections of each demo model, whose figures LibreOffice computes from
 * nothing but the exported workbook, held against the engine's. Then whether an exported form survives being saved by LibreOffice.
 * Options: --json, --selections <10000>, --seed <1>, --model <name>. Without LibreOffice nothing is measured.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Compiled, check, compile, type Model } from '@fettle/engine'
import { randomSelection } from '../engine/test/random-selection.ts'
import { fromWorkbook, normalForm } from '../portal/src/features/products/core/workbook/index.ts'
import { makeWorkbook } from '../portal/src/features/products/server/workbook/make-workbook.ts'
import { readWorkbook } from '../portal/src/features/products/server/workbook/read-workbook.ts'
import { chance } from '../portal/test/chance.ts'
import { choicesOf, type Disagreement, disagreements, engineFigures } from '../portal/test/recompute/engine-figures.ts'
import { type ExportedForm, readExportedForm } from '../portal/test/recompute/exported-form.ts'
import { calculationWorkbook, figuresInRows } from '../portal/test/recompute/in-spreadsheet.ts'
import { convert, sofficeVersion, tabSeparated } from '../portal/test/recompute/soffice.ts'
import { type Measure, report, round } from './harness.ts'

/** Selections in one spreadsheet: half a million formulas at most, which LibreOffice opens in a gigabyte. */
const atOnce = 2000
const models = ['machining-centre', 'rotary-table', 'suit', 'wardrobe']

const version = sofficeVersion()
if (version) await measure(version)
else
  console.log(
    'not measured: LibreOffice is not installed (apt-get install -y --no-install-recommends libreoffice-calc-nogui, or from libreoffice.org)',
  )

async function measure(version: string): Promise<void> {
  const selections = Number(option('--selections') ?? 10_000)
  const seed = Number(option('--seed') ?? 1)
  const results: Measure[] = []
  for (const name of models.filter(one => one === (option('--model') ?? one))) {
    const { compiled, bytes } = await exported(name)
    const { differing, figures, different, seconds } = await recomputed(compiled, await readExportedForm(bytes), selections, seed)
    results.push(
      { case: name, metric: 'selections', value: selections, unit: '', note: `${different} different ones, seed ${seed}` },
      { case: name, metric: 'figures compared', value: figures, unit: '', note: `${round(seconds)} s, ${version}` },
      { case: name, metric: 'figures that differ', value: differing, unit: '', goal: '0' },
      {
        case: name,
        metric: 'form saved by LibreOffice',
        value: await survives(compiled.model, bytes),
        unit: '',
        goal: 'the same model',
      },
    )
    if (differing > 0 || results.at(-1)!.value !== 'the same model') process.exitCode = 1
  }
  report('recompute', results)
}

async function exported(name: string): Promise<{ compiled: Compiled; bytes: Uint8Array }> {
  const result = compile(JSON.parse(readFileSync(join(import.meta.dirname, `../examples/${name}/model.json`), 'utf8')))
  if (!result.ok) throw new Error(result.errors[0]!.message.en)
  const made = await makeWorkbook(result.compiled.model)
  if (!made.ok) throw new Error(made.error.message.en)
  return { compiled: result.compiled, bytes: made.bytes }
}

async function recomputed(compiled: Compiled, form: ExportedForm, selections: number, seed: number) {
  const luck = chance(seed).next
  const since = performance.now()
  const seen = new Set<string>()
  let figures = 0
  let differing = 0
  let under: Promise<void> = Promise.resolve()
  for (let from = 0; from < selections; from += atOnce) {
    const drawn = Array.from({ length: Math.min(atOnce, selections - from) }, () => randomSelection(compiled, luck))
    for (const selection of drawn) {
      if (!check(compiled, selection).valid) throw new Error('A selection that was drawn is not valid')
      seen.add(JSON.stringify(selection))
    }
    await under // LibreOffice computes these while the next ones are drawn
    under = compare(drawn)
  }
  await under
  return { figures, differing, different: seen.size, seconds: (performance.now() - since) / 1000 }

  async function compare(drawn: ReturnType<typeof randomSelection>[]): Promise<void> {
    const sheet = await calculationWorkbook(form, drawn.map(choicesOf))
    const text = new TextDecoder().decode(await convert(sheet, 'xlsx', tabSeparated))
    const rows = text.trimEnd().split('\n')
    const computed = figuresInRows(
      form,
      rows.map(row => row.replaceAll('"', '').split('\t')),
    )
    if (computed.length !== drawn.length) throw new Error(`LibreOffice answered ${computed.length} of ${drawn.length} selections`)
    for (const [i, selection] of drawn.entries()) {
      const engine = engineFigures(compiled, selection)
      const found = disagreements(engine, computed[i]!)
      if (found.length > 0 && differing < 20) tell(compiled.model, selection, found)
      figures += engine.size
      differing += found.length
    }
    console.error(`${compiled.model.id}: ${figures} figures compared, ${differing} differ`)
  }
}

function tell({ id }: Model, selection: unknown, found: readonly Disagreement[]): void {
  console.error(`${id} ${JSON.stringify(selection)}`)
  for (const { figure, engine, workbook } of found) console.error(`  ${figure}: engine ${engine}, workbook ${workbook}`)
}

/** What becomes of a form that was opened and saved by LibreOffice, in Excel's format and by way of its own; and whether it can be printed. */
async function survives(model: Model, bytes: Uint8Array): Promise<string> {
  const saved = await convert(bytes, 'xlsx', 'xlsx')
  const byOwnFormat = await convert(await convert(saved, 'xlsx', 'ods'), 'ods', 'xlsx')
  for (const file of [saved, byOwnFormat]) {
    const opened = await readWorkbook('saved.xlsx', file)
    if (!opened.ok) return opened.errors[0]!.message.en
    const read = fromWorkbook(opened.sheets)
    if (!read.ok) return `${read.errors[0]!.path}: ${read.errors[0]!.message.en}`
    if (!isDeepStrictEqual(plain(read.model), plain(normalForm(model)))) return 'another model'
    if (read.notes.length > 0) return `${read.notes[0]!.path}: ${read.notes[0]!.message.en}`
  }
  const printed = Buffer.from(await convert(saved, 'xlsx', 'pdf'))
  return printed.subarray(0, 5).toString() === '%PDF-' ? 'the same model' : 'cannot be printed'
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
