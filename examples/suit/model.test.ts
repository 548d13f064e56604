import { bom, decideAll, price, typeCode } from '@fettle/engine'
import { describe, expect, test } from 'vitest'
import { chosen, completed, figure, holdsAsDemo, readDemoModel } from '../demo-model.ts'

const demo = readDemoModel('suit')
const { compiled } = demo

describe('the suit', () => holdsAsDemo(demo))

/*
 * The navy business suit for a chest of 100 cm. Cloth in metres:
 *   jacket   0.01 × (74 + 63) + 0.005 × (100 + 100) − 0.65                 = 1.72
 *   trousers 0.01 × 80 + 0.002 × 100 + 0.25                                = 1.25
 * In fen: making 168,000, cloth 2.97 m × ¥280 = 83,160, lining 1.7 m × ¥68 = 11,560,
 * half canvas 88,000, horn buttons 16,800, pick stitch 6,800, one fitting 48,000.
 */
test('the navy business suit takes 2.97 m of cloth and costs ¥4,223.20 net', () => {
  const selection = completed(compiled, demo.page.starts[0]!.decisions)
  expect(figure(compiled, selection, 's_cloth')).toBeCloseTo(2.97, 6)
  expect(price(compiled, selection)).toMatchObject({ status: 'priced', net: 422320, currency: 'CNY' })
  expect(typeCode(compiled, selection)).toBe('MTM-R100/86-2N-A10-H')
})

/*
 * The tweed three-piece: jacket 1.72 + 0.15 for matching, waistcoat 0.65, trousers 1.25 + 0.10 for turn-ups + 0.05 for pleats: 3.92 m.
 * In fen: 168,000, cloth 3.92 × ¥640 = 250,880, lining (1.7 + 0.6 + 0.7) × ¥68 = 20,400, half canvas 88,000, elbows 19,800,
 * two pleats 6,000, side adjusters 8,000, turn-ups 3,000, lined to the knee 6,800, waistcoat 88,000, horn 16,800, pick stitch 6,800,
 * one fitting 48,000.
 */
test('the tweed three-piece takes 3.92 m of cloth and costs ¥7,304.80 net', () => {
  const selection = completed(compiled, demo.page.starts[3]!.decisions)
  expect(figure(compiled, selection, 's_cloth')).toBeCloseTo(3.92, 6)
  expect(price(compiled, selection)).toMatchObject({ net: 730480 })
  expect(selection.options.knee_lining).toBe(1)
})

/*
 * Fused in a rush, nothing tried on: 168,000 + cloth 83,160 + lining 11,560 + horn 16,800 + pick stitch 6,800,
 * and 25 % of making and details (191,600): 47,900.
 */
test('a rush adds a quarter of the making and takes five days off', () => {
  const selection = completed(compiled, chosen('k_fused', 'mk_direct', 'pc_rush'))
  expect(price(compiled, selection)).toMatchObject({ net: 334220 })
  expect(figure(compiled, selection, 's_lead')).toBe(8)
})

test('a larger chest brings a plausible body along', () => {
  const { numbers } = completed(compiled, [{ number: 'chest', value: 124 }])
  expect(numbers).toMatchObject({ waist: 118, hip: 124, neck: 46, shoulder: 51, thigh: 72 })
})

test('the parts list has metres of cloth, lining and canvas', () => {
  const parts = Object.fromEntries(bom(compiled, completed(compiled, [])).map(({ part, quantity }) => [part, quantity]))
  expect(parts).toMatchObject({ 'CL-LINING': 1.7, 'CL-CANVAS': 0.6, 'BT-20': 2, 'BT-15': 8, 'SP-PAD': 2 })
  expect(parts['CL-MAIN']).toBeCloseTo(2.97, 6)
})

test('an inside leg that does not go with the height is questioned in words', () => {
  const { unfit } = decideAll(compiled, [
    { number: 'height', value: 195 },
    { number: 'inseam', value: 72 },
  ])
  expect(unfit[0]?.explanation?.rules[0]?.message?.en).toMatch(/inside leg is 41 to 51 % of the height/)
})
