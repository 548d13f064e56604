/** What a missed window, a false alarm and a hit cost in one of NAB's application profiles. */
export interface Costs {
  tpWeight: number
  fpWeight: number
  fnWeight: number
}

/** One file of the benchmark with what a detector said of each of its rows. */
export interface Scored {
  name: string
  /** of each row, as the labels write it */
  stamps: readonly string[]
  /** 0 to 1 of each row */
  scores: readonly number[]
  windows: readonly (readonly [string, string])[]
}

/** What a detection at a row counts, and in which window it lies; rows of the probation are left out. */
interface Row {
  score: number
  weight: number
  window: string | null
}

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad, Evaluating Real-Time Anomaly Detection Algorithms, 2015): the first part of a
 * window counts most, a detection behind one little by little less than nothing, a missed window `fnWeight`. The first 15 % of a file, 750
 * rows at most, count nothing.
 */
export function rawScore(files: readonly Scored[], costs: Costs, threshold: number): number {
  return files.reduce((sum, file) => sum + scoreOf(rowsOf(file, costs), costs, threshold), 0)
}

/** The threshold with the best score over all files together, as NAB chooses one for each detector and profile. */
export function bestThreshold(files: readonly Scored[], costs: Costs): { threshold: number; score: number } {
  const rows = files.flatMap(file => rowsOf(file, costs)).sort((a, b) => b.score - a.score)
  const parts = new Map<string, number>()
  let score = 0
  for (const { window } of rows) if (window !== null && !parts.has(window)) parts.set(window, -costs.fnWeight)
  for (const part of parts.values()) score += part
  let best = { threshold: 1.1, score }
  for (const [i, { score: threshold, weight, window }] of rows.entries()) {
    if (window === null) score += weight
    else {
      const had = parts.get(window)!
      parts.set(window, Math.max(had, weight))
      score += parts.get(window)! - had
    }
    if (rows[i + 1]?.score !== threshold && score > best.score) best = { threshold, score }
  }
  return best
}

/** 0: nothing is ever detected; 100: every window at its first row, and nothing else. */
export function normalised(raw: number, windows: number, costs: Costs): number {
  const nothing = -windows * costs.fnWeight
  const perfect = windows * costs.tpWeight
  return (100 * (raw - nothing)) / (perfect - nothing)
}

function scoreOf(rows: readonly Row[], costs: Costs, threshold: number): number {
  const parts = new Map<string, number>()
  let outside = 0
  for (const { score, weight, window } of rows) {
    const detected = score >= threshold
    if (window === null) outside += detected ? weight : 0
    else parts.set(window, Math.max(parts.get(window) ?? -costs.fnWeight, detected ? weight : -costs.fnWeight))
  }
  return [...parts.values()].reduce((sum, part) => sum + part, outside)
}

function rowsOf({ name, stamps, scores, windows }: Scored, { tpWeight, fpWeight }: Costs): Row[] {
  const probation = Math.min(Math.floor(0.15 * stamps.length), 0.15 * 5000)
  const places = new Map(stamps.map((stamp, i) => [stamp, i]))
  const spans = windows.map(([from, until]) => ({ name: `${name} ${from}`, from: places.get(from)!, until: places.get(until)! }))
  const highest = sigmoid(-1)
  const rows: Row[] = []
  let next = 0
  for (let i = 0; i < stamps.length; i++) {
    if (next < spans.length && i > spans[next]!.until) next++
    const span = spans[next]
    const before = spans[next - 1]
    let row: Row
    if (span && i >= span.from) {
      const place = -(span.until - i + 1) / (span.until - span.from + 1)
      row = { score: scores[i]!, weight: (sigmoid(place) * tpWeight) / highest, window: span.name }
    } else {
      const past = before ? (i - before.until) / (before.until - before.from) : 3
      row = { score: scores[i]!, weight: sigmoid(past) * fpWeight, window: null }
    }
    if (i >= probation) rows.push(row)
  }
  return rows
}

/** From 0.99 at -1 to -1 from 3 on. */
function sigmoid(place: number): number {
  return place >= 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1
}
