import type { ModelError } from '../../api.ts'
import { scaled } from '../../decimal.ts'
import { fail, problem } from '../problem.ts'
import { plainNumber } from '../tree/numbers.ts'
import type { Feature, FeatureType } from './syntax.ts'

/** What a number without a range may be, up and down. */
const OPEN_RANGE = 1_000_000
/** The finest grid a model knows. */
const MAX_DIGITS = 6

/** The grid of a number: as many digits after the point as it is declared with, from its least to its greatest value. */
export function rangeOf(
  { min, max, digits, unit }: Extract<FeatureType, { kind: 'number' }>,
  { name, at }: Feature,
  notes: ModelError[],
): { min: number; max: number; step?: number; unit?: string } {
  const places = Math.min(digits, MAX_DIGITS)
  const from = onGrid(bound(min, -OPEN_RANGE, at), places, Math.ceil)
  const to = onGrid(bound(max, OPEN_RANGE, at), places, Math.floor)
  if (min === undefined || max === undefined || digits > MAX_DIGITS) {
    const known = notes.some(note => note.code === 'bounded' && note.path === at)
    if (!known)
      notes.push(
        problem(
          'bounded',
          at,
          name,
          [`该数值按 ${from} 到 ${to} 处理，小数 ${places} 位`, '如有不同，请写出范围'],
          [`This number is taken as from ${from} to ${to} with ${places} decimals`, 'Write its range if it is another'],
        ),
      )
  }
  if (from > to)
    fail(
      'out-of-range',
      at,
      `${min}-${max}`,
      ['上限小于下限', '请交换两个数，或更正其中之一'],
      ['The upper bound is below the lower one', 'Swap the two numbers, or correct one of them'],
    )
  return {
    min: from,
    max: to,
    ...(places > 0 && { step: Number(`1e-${places}`) }),
    ...unitOf(unit),
  }
}

/** A unit as formulas can hold it, in brackets. */
export function unitOf(written: string | undefined): { unit?: string } {
  const unit = written?.replace(/[[\]]/g, '').slice(0, 40).trim()
  return unit ? { unit } : {}
}

function onGrid(value: number, places: number, towards: (value: number) => number): number {
  const scale = 10 ** places
  return scaled(value, places) === undefined ? towards(value * scale) / scale : value
}

function bound(text: string | undefined, open: number, at: string): number {
  if (text === undefined) return open
  const value = Number(plainNumber(text) ?? Number.NaN)
  if (!(Math.abs(value) <= 1e12))
    fail('out-of-range', at, text, ['数值应在 ±10^12 之间', '请更正该数值'], ['Numbers lie between ±10^12', 'Correct the number'])
  return value
}
