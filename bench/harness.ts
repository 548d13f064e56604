import { cpus, totalmem } from 'node:os'

/** One measured number. Goal, peer and note stand beside it in the table. */
export interface Measure {
  case: string
  metric: string
  value: number | string
  unit: string
  goal?: string
  note?: string
  /** the same measured on something else, in the same run */
  peer?: { name: string; value: number }
}

/** Prints a table, or with --json one object. A benchmark calls it once, at its end. */
export function report(bench: string, results: Measure[], argv: string[] = process.argv): void {
  if (argv.includes('--json')) {
    const plain = results.map(result => ({ ...result, ...(result.peer && { ratio: ratio(result) }) }))
    console.log(JSON.stringify({ bench, machine: machine(), results: plain }))
    return
  }
  const { cpu, cores, memoryGb, node } = machine()
  console.log(`\n${bench} on ${cores} × ${cpu}, ${memoryGb} GB, Node ${node}\n`)
  const rows = results.map(result => [
    result.case,
    result.metric,
    shown(result.value),
    result.unit,
    [result.goal && `goal ${result.goal}`, result.note].filter(Boolean).join(', '),
    result.peer ? `${result.peer.name} ${shown(result.peer.value)}, ratio ${shown(ratio(result) ?? Number.NaN)}` : '',
  ])
  console.log(table(['case', 'metric', 'value', 'unit', '', ''], rows))
}

export interface Machine {
  cpu: string
  cores: number
  memoryGb: number
  node: string
  platform: string
}

export function machine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
}

/** Nearest rank, as the published tables use it; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Median and 95th percentile of times in milliseconds. */
export function timings(
  name: string,
  metric: string,
  times: readonly number[],
  goals: { median?: string; p95?: string } = {},
): Measure[] {
  return [
    {
      case: name,
      metric: `${metric} median`,
      value: round(median(times)),
      unit: 'ms',
      ...(goals.median && { goal: goals.median }),
    },
    {
      case: name,
      metric: `${metric} p95`,
      value: round(percentile(times, 0.95)),
      unit: 'ms',
      ...(goals.p95 && { goal: goals.p95 }),
    },
  ]
}

/** The same with the 99th percentile and the maximum; nothing of no times. */
export function spread(
  name: string,
  metric: string,
  times: readonly number[],
  goals: { median?: string; p95?: string } = {},
): Measure[] {
  if (times.length === 0) return []
  const [middle, high] = timings(name, metric, times, goals)
  return [
    middle!,
    high!,
    { case: name, metric: `${metric} p99`, value: round(percentile(times, 0.99)), unit: 'ms' },
    { case: name, metric: `${metric} maximum`, value: round(percentile(times, 1)), unit: 'ms', note: `of ${times.length}` },
  ]
}

/** Milliseconds `run` takes, and what it returns. */
export function timed<T>(run: () => T): { ms: number; result: T } {
  const from = performance.now()
  const result = run()
  return { ms: performance.now() - from, result }
}

/** Three digits that count. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}

function ratio({ value, peer }: Measure): number | undefined {
  return peer && typeof value === 'number' ? round(value / peer.value) : undefined
}

function shown(value: number | string): string {
  return typeof value === 'number' ? String(value) : value
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]!.length)))
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (i === 2 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map(width => '─'.repeat(width))), ...rows.map(line)].join('\n')
}
