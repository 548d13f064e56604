import { describe, expect, it } from 'vitest'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { importModel } from '../formats/index.ts'
import { compile, count, counterOf, countOptions, countRoughly, readCounter, start, writeCounter } from '../index.ts'

tellWithout('Published counts of public models')

describe.skipIf(!publicData)('a public model has the published number of variants', () => {
  it('auto1: in all, and of every feature', { timeout: 60_000 }, () => {
    const compiled = compiledFrom('auto1.dimacs', readPublic('ddnnf/auto1.cnf'))
    const counter = counterOf(compiled)
    const { all, options } = countOptions(counter, start(compiled))
    expect(all.status).toBe('exact')
    expect(Number(all.least).toPrecision(5)).toBe('5.4338e+217')
    const published = readPublic('ddnnf/auto1_sb_fs.csv')
      .trim()
      .split('\n')
      .map(line => BigInt(line.split(',')[1]!))
    expect(Object.values(options).map(({ least }) => least)).toEqual(published)
    for (const [id, log] of Object.entries(countRoughly(counter, start(compiled)).options)) {
      const { least } = options[id]!
      if (least === 0n) expect(log.least).toBe(Number.NEGATIVE_INFINITY)
      else expect(log.least).toBeCloseTo(Math.log10(Number(least)), 9)
    }
    expect(count(readCounter(compiled, writeCounter(counter))!, start(compiled))).toEqual(all)
  })

  it('busybox: as many as the circuit that c2d compiled', () => {
    const compiled = compiledFrom('busybox.dimacs', readPublic('dimacs/busybox-1.18.0.dimacs'))
    expect(count(counterOf(compiled), start(compiled)).least).toBe(countNnf(readPublic('ddnnf/busybox-1.18.0_c2d.nnf')))
  })
})

function compiledFrom(name: string, text: string) {
  const imported = importModel(name, text)
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
  const compiled = compile(imported.model)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors))
  return compiled.compiled
}

/** Counts the assignments of a circuit in the format of c2d: what a part does not mention is free. */
function countNnf(text: string): bigint {
  const [head, ...lines] = text.trim().split('\n')
  const nodes: { count: bigint; mentions: Set<number> }[] = []
  for (const line of lines) {
    const [kind, ...numbers] = line.split(' ')
    const values = numbers.map(Number)
    if (kind === 'L') nodes.push({ count: 1n, mentions: new Set([Math.abs(values[0]!)]) })
    else {
      const parts = values.slice(kind === 'A' ? 1 : 2).map(part => nodes[part]!)
      const mentions = new Set(parts.flatMap(part => [...part.mentions]))
      const count =
        kind === 'A'
          ? parts.reduce((product, part) => product * part.count, 1n)
          : parts.reduce((sum, part) => sum + (part.count << BigInt(mentions.size - part.mentions.size)), 0n)
      nodes.push({ count, mentions })
    }
  }
  const { count, mentions } = nodes.at(-1)!
  return count << BigInt(Number(head!.split(' ')[3]) - mentions.size)
}
