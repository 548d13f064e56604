import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectionThreshold } from '../portal/src/features/diagnosis/core/index.ts'
import { type Detector, portalDetector, windowedGaussian } from './detectors.ts'
import { type Measure, round } from './harness.ts'
import { bestThreshold, type Costs, normalised, rawScore, type Scored } from './nab-scoring.ts'

interface DataFile {
  /** as the labels name it: folder and file */
  name: string
  rows: { stamp: string; at: number; value: number }[]
  windows: [string, string][]
}

/**
 * The detector of the portal on files of the Numenta Anomaly Benchmark, beside a windowed Gaussian of ours and what the folder knows of
 * published detectors on the same files. The threshold is the portal's own; what NAB's choice of a threshold on these files would give stands beside it.
 * dir: `labels/combined_windows.json`, `profiles.json`, folders with files as NAB has them; perhaps `results/NAME/NAME_PROFILE_scores.csv`
 */
export async function nab(dir: string): Promise<Measure[]> {
  const files = readFiles(dir)
  const profiles = JSON.parse(readFileSync(join(dir, 'profiles.json'), 'utf8')) as Record<string, { CostMatrix: Costs }>
  const windows = files.reduce((sum, file) => sum + file.windows.length, 0)
  const since = performance.now()
  const ours = judged(files, portalDetector)
  const perRow = (performance.now() - since) / files.reduce((sum, { rows }) => sum + rows.length, 0)
  const gaussian = judged(files, windowedGaussian)
  const results: Measure[] = [{ case: 'portal', metric: 'time of a reading', value: round(perRow * 1000), unit: 'µs' }]
  for (const [profile, { CostMatrix: costs }] of Object.entries(profiles)) {
    const normal = (raw: number) => normalised(raw, windows, costs)
    const own = normal(rawScore(ours, costs, detectionThreshold))
    const others = [
      { name: 'windowed Gaussian, computed here', value: normal(bestThreshold(gaussian, costs).score) },
      ...published(dir, profile, files).map(({ name, raw }) => ({ name, value: normal(raw) })),
    ]
    results.push({
      case: profile,
      metric: 'score, own threshold',
      value: round(own),
      unit: 'of 100',
      note: `${windows} windows in ${files.length} files; by NAB's choice of the threshold ${round(normal(bestThreshold(ours, costs).score))}`,
    })
    for (const { name, value } of others.sort((a, b) => b.value - a.value))
      results.push({
        case: profile,
        metric: 'score, own threshold',
        value: round(own),
        unit: 'of 100',
        peer: { name, value: round(value) },
      })
    if (profile === 'standard')
      for (const [i, file] of ours.entries())
        results.push({
          case: files[i]!.name,
          metric: 'raw score, standard',
          value: round(rawScore([file], costs, detectionThreshold)),
          unit: `of ${file.windows.length}`,
        })
  }
  return [...results, ...wholeCorpus(dir)]
}

function readFiles(dir: string): DataFile[] {
  const windows = JSON.parse(readFileSync(join(dir, 'labels/combined_windows.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >
  const files = Object.entries(windows).filter(([name]) => existsSync(path(dir, name)))
  if (files.length === 0) throw new Error(`${dir} holds none of the files that its labels/combined_windows.json names`)
  return files.map(([name, own]) => ({
    name,
    windows: own.map(([from, until]) => [from.slice(0, 19), until.slice(0, 19)]),
    rows: csv(path(dir, name)).map(([stamp, value]) => ({
      stamp: stamp!,
      at: Date.parse(`${stamp!.replace(' ', 'T')}Z`),
      value: Number(value),
    })),
  }))
}

/** NAB has its files below `data`; a part of it may have been taken out. */
function path(dir: string, name: string): string {
  return existsSync(join(dir, 'data', name)) ? join(dir, 'data', name) : join(dir, name)
}

function csv(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(line => line.split(','))
}

function judged(files: readonly DataFile[], detector: Detector): Scored[] {
  return files.map(file => ({
    name: file.name,
    stamps: file.rows.map(({ stamp }) => stamp),
    scores: detector(file.rows),
    windows: file.windows,
  }))
}

/** Raw scores of published detectors on exactly these files, at the threshold that was published for them. */
function published(dir: string, profile: string, files: readonly DataFile[]): { name: string; raw: number }[] {
  const folder = join(dir, 'results')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(name => {
    const file = join(folder, name, `${name}_${profile}_scores.csv`)
    if (!existsSync(file)) return []
    const raw = new Map(csv(file).map(row => [row[2], Number(row[4])]))
    if (!files.every(one => raw.has(one.name))) return []
    return [{ name, raw: files.reduce((sum, one) => sum + raw.get(one.name)!, 0) }]
  })
}

function wholeCorpus(dir: string): Measure[] {
  const file = join(dir, 'final_results.json')
  if (!existsSync(file)) return []
  const results = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { standard: number }>
  return Object.entries(results)
    .sort(([, a], [, b]) => b.standard - a.standard)
    .map(([name, { standard }]) => ({
      case: name,
      metric: 'published, whole corpus, standard',
      value: round(standard),
      unit: 'of 100',
      note: 'other files too: not to be compared with the scores above',
    }))
}
