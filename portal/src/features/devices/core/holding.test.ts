import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DeviceReader, type Holding, isVisible, type Span, visibleTo } from './holding.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour))
const span = (from: number | null, until: number | null): Span => ({
  from: from === null ? null : at(from),
  until: until === null ? null : at(until),
})
const owner = (companyId: string, from: number | null, until: number | null, withheld: Holding['withheld'] = []): Holding => ({
  ...span(from, until),
  ...{ companyId, role: 'owner', withheld },
})
const withheld = (whom: 'manufacturer' | 'service-partner', from: number, until: number | null) => ({
  whom,
  ...span(from, until),
})
const company = (companyId: string): DeviceReader => ({ kind: 'company', companyId })
const staff: DeviceReader = { kind: 'staff' }
const times = (reader: DeviceReader, holdings: Holding[]) =>
  visibleTo(reader, holdings).map(({ from, until }) => ({ from, until }))

test('after a transfer the new owner sees nothing of before, the old one nothing of after', () => {
  const holdings = [owner('old', null, 10), owner('new', 10, null)]
  expect(visibleTo(company('old'), holdings)).toEqual([{ role: 'owner', ...span(null, 10) }])
  expect(visibleTo(company('new'), holdings)).toEqual([{ role: 'owner', ...span(10, null) }])
  expect(visibleTo(company('stranger'), holdings)).toEqual([])
})

test('an owner who gets his machine back sees both of his times, and not the one between', () => {
  const holdings = [owner('a', 1, 5), owner('b', 5, 9), owner('a', 9, null)]
  expect(times(company('a'), holdings)).toEqual([span(1, 5), span(9, null)])
})

test('an operator and a service partner see what came since they were let in, and nothing once they are not any more', () => {
  for (const role of ['operator', 'service-partner'] as const) {
    const helper = (until: number | null): Holding => ({ companyId: 'helper', role, ...span(4, until), withheld: [] })
    expect(visibleTo(company('helper'), [owner('a', 1, null), helper(null)])).toEqual([{ role, ...span(4, null) }])
    expect(visibleTo(company('helper'), [owner('a', 1, null), helper(6)])).toEqual([])
  }
})

describe('what an owner keeps to himself', () => {
  const partner: Holding = { companyId: 'partner', role: 'service-partner', ...span(2, null), withheld: [] }

  test('while he does, the manufacturer sees nothing of his time, of others all', () => {
    const holdings = [owner('a', 1, 5), owner('b', 5, null, [withheld('manufacturer', 7, null)])]
    expect(times(staff, holdings)).toEqual([span(null, 5)])
    expect(times(company('b'), holdings)).toEqual([span(5, null)])
  })

  test('what was reported in between is not shown afterwards', () => {
    const holdings = [owner('a', 1, null, [withheld('manufacturer', 3, 4), withheld('service-partner', 6, 7)])]
    expect(times(staff, holdings)).toEqual([span(null, 3), span(4, null)])
    expect(times(company('partner'), [...holdings, partner])).toEqual([span(2, 6), span(7, null)])
  })

  test('it stays so after he has handed the machine over', () => {
    const holdings = [owner('a', 1, 5, [withheld('manufacturer', 3, null)]), owner('b', 5, null)]
    expect(times(staff, holdings)).toEqual([span(null, 1), span(5, null)])
  })

  test('it does not touch operators', () => {
    const operator: Holding = { ...partner, role: 'operator' }
    const all = [withheld('manufacturer', 3, null), withheld('service-partner', 3, null)]
    expect(times(company('partner'), [owner('a', 1, null, all), operator])).toEqual([span(2, null)])
    expect(times(company('partner'), [owner('a', 1, null, all), partner])).toEqual([])
  })
})

/** Owners one after another, each with times in which he keeps readings, and helpers of anybody. */
const histories = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
    kept: fc.array(
      fc.record({
        owner: fc.nat(5),
        from: fc.integer({ min: 0, max: 50 }),
        length: fc.integer({ min: 0, max: 9 }),
        still: fc.boolean(),
        whom: fc.constantFrom('manufacturer' as const, 'service-partner' as const),
      }),
      { maxLength: 4 },
    ),
    helpers: fc.array(
      fc.record({
        companyId: fc.constantFrom('c0', 'c1', 'h'),
        role: fc.constantFrom('operator' as const, 'service-partner' as const),
        from: fc.integer({ min: 0, max: 45 }),
        until: fc.option(fc.integer({ min: 46, max: 50 })),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ cuts, kept, helpers }) => {
    const edges = cuts.toSorted((a, b) => a - b)
    const owners = edges.map((from, i) =>
      owner(
        `c${i % 3}`,
        from,
        edges[i + 1] ?? null,
        kept.filter(one => one.owner === i).map(one => withheld(one.whom, one.from, one.still ? null : one.from + one.length)),
      ),
    )
    const others = helpers.map(
      ({ companyId, role, from, until }): Holding => ({ companyId, role, ...span(from, until), withheld: [] }),
    )
    return { owners, holdings: [...owners, ...others] }
  })
const moments = Array.from({ length: 104 }, (_, i) => new Date(at(0).getTime() + (i - 1) * 1_800_000))
const ofAll = [staff, ...['c0', 'c1', 'c2', 'h', 'stranger'].map(company)]

describe('whatever the history of a machine', () => {
  test('spans are not empty, and those of one role come in order without touching each other twice', () => {
    fc.assert(
      fc.property(histories, ({ holdings }) => {
        for (const reader of ofAll)
          for (const spans of Map.groupBy(visibleTo(reader, holdings), ({ role }) => role).values())
            for (const [i, one] of spans.entries()) {
              expect(one.until === null || one.from === null || one.from < one.until).toBe(true)
              if (one.role === 'owner' && i > 0) expect(spans[i - 1]!.until! <= one.from!).toBe(true)
            }
      }),
    )
  })

  test('an owner sees exactly the moments at which the machine was his', () => {
    fc.assert(
      fc.property(histories, ({ owners }) => {
        for (const id of ['c0', 'c1', 'c2', 'stranger'])
          for (const moment of moments) {
            const his = owners.some(one => one.companyId === id && isVisible(moment, [one]))
            expect(isVisible(moment, visibleTo(company(id), owners))).toBe(his)
          }
      }),
    )
  })

  test('the manufacturer sees a moment if nobody owned the machine, or its owner neither keeps his time nor kept that moment', () => {
    fc.assert(
      fc.property(histories, ({ owners, holdings }) => {
        const spans = visibleTo(staff, holdings)
        for (const moment of moments) {
          const times = owners.find(one => isVisible(moment, [one]))?.withheld.filter(one => one.whom === 'manufacturer') ?? []
          const hidden = times.some(one => one.until === null || isVisible(moment, [one]))
          expect(isVisible(moment, spans)).toBe(!hidden)
        }
      }),
    )
  })

  test('nobody but owners sees a moment before he was let in', () => {
    fc.assert(
      fc.property(histories, ({ holdings }) => {
        for (const id of ['c0', 'c1', 'h']) {
          const begun = holdings.filter(one => one.companyId === id).map(one => one.from!.getTime())
          for (const { from } of visibleTo(company(id), holdings))
            expect(from!.getTime()).toBeGreaterThanOrEqual(Math.min(...begun))
        }
      }),
    )
  })
})
