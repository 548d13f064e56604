import type { Decision } from '@fettle/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeDecisions, encodeDecisions } from './link.ts'

const id = fc.string({ minLength: 1, unit: 'grapheme' })
const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.record({ option: id, chosen: fc.boolean() }),
  fc.record({ option: id, quantity: fc.integer({ min: 0, max: 999 }) }),
  fc.record({
    number: id,
    value: fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(v => v + 0),
    ),
  }),
)

test('a link restores exactly the decisions it was made of, whatever the ids', () => {
  fc.assert(
    fc.property(fc.array(decision), decisions => {
      expect(decodeDecisions(encodeDecisions(decisions))).toEqual(decisions)
    }),
  )
})

test('a link survives the address bar, which encodes it once more', () => {
  fc.assert(
    fc.property(fc.array(decision), decisions => {
      const url = new URL('http://portal.example/')
      url.searchParams.set('c', encodeDecisions(decisions))
      expect(decodeDecisions(new URL(url.href).searchParams.get('c') ?? '')).toEqual(decisions)
    }),
  )
})

test('plain ids stay readable', () => {
  expect(
    encodeDecisions([
      { option: 'spindle_18k', chosen: true },
      { option: 'chiller', chosen: false },
      { option: 'training', quantity: 3 },
      { number: 'riser', value: 200 },
    ]),
  ).toBe('spindle_18k~!chiller~training*3~riser=200')
})

test.each(['~', 'a~~b', '!a=3', 'a*', 'a=x', '%E0%A4%A', 'a b', '!'])('what no link could be is refused: %s', text => {
  expect(decodeDecisions(text)).toBeNull()
})
