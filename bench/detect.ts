/**
 * How well the portal finds what is not as it should be, and foretells. `--nab DIR`: files of the Numenta Anomaly Benchmark, by its own scoring.
 * `--cmapss DIR`: remaining life of NASA's turbofan engines. Any folder of the same form does. `--simulated`: machining centres of examples/, with faults
 * and without. `--synthetic`: signals with known truth, by NAB's scoring. Options: --json.
 */
import { cmapss } from './detect-cmapss.ts'
import { nab } from './detect-nab.ts'
import { simulated } from './detect-simulated.ts'
import { synthetic } from './detect-synthetic.ts'
import { type Measure, report } from './harness.ts'

/** One for each set that can be given. */
const sets: Record<string, (dir: string) => Promise<Measure[]>> = { '--nab': nab, '--cmapss': cmapss }

const results: Measure[] = []
for (const [option, measure] of Object.entries(sets)) {
  const at = process.argv.indexOf(option)
  const dir = at < 0 ? undefined : process.argv[at + 1]
  if (dir !== undefined) results.push(...(await measure(dir)))
}
if (process.argv.includes('--simulated')) results.push(...(await simulated()))
if (process.argv.includes('--synthetic')) results.push(...(await synthetic()))
if (results.length === 0)
  console.log(
    `npm run bench -- detect ${Object.keys(sets)
      .map(option => `[${option} DIR]`)
      .join(' ')} [--simulated] [--synthetic]`,
  )
else report('detect', results)
