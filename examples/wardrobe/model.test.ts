import { bom, decideAll, price, typeCode } from '@fettle/engine'
import { describe, expect, test } from 'vitest'
import { chosen, completed, figure, holdsAsDemo, readDemoModel } from '../demo-model.ts'

const demo = readDemoModel('wardrobe')
const { compiled } = demo

describe('the wardrobe', () => holdsAsDemo(demo))

/*
 * The standard wardrobe, 1,800 × 2,200 × 600 mm, three bays, three hinged leaves. In fen:
 *   set-up                                                                        120,000
 *   body   4 sides × 2,200 × 600 + 2 × 1,800 × 600 = 7,440,000 mm² × 0.0168       124,992
 *   back   1,800 × 2,200 = 3,960,000 mm² × 0.0078                                  30,888
 *   doors  3,960,000 mm² × 0.042                                                  166,320
 *   hinges 5 × 3 leaves × (1,200 + 1,400)                                          39,000
 *   bars   3 × 6,800                                                               20,400
 *   rails  3 × (2,400 + 3.8 × 600)                                                 14,040
 *   shelves 5 × 6,800, drawers 3 × 28,800                                 34,000 + 86,400
 *   into the room                                                                  28,000
 *   assembly 3 bays × 22,000                                                       66,000
 */
test('the standard wardrobe costs ¥7,300.40 net', () => {
  const selection = completed(compiled, [])
  expect(price(compiled, selection)).toMatchObject({ status: 'priced', net: 730040, currency: 'CNY' })
  expect(typeCode(compiled, selection)).toBe('W1800x2200x600-3P-H3F')
})

/*
 * Two sliding mirrors, 2,400 × 2,200 × 650 mm, four bays:
 *   120,000 + body (5 × 2,200 × 650 + 2 × 2,400 × 650 = 10,270,000) × 0.0168 = 172,536 + back 5,280,000 × 0.0078 = 41,184
 *   + mirrors 5,280,000 × 0.064 = 337,920 + recessed handles 2 × 5,800 + rails 3 × (2,400 + 3.8 × 600) = 14,040
 *   + shelves 34,000 + drawers 86,400 + trousers and baskets 46,800 + 2 × 14,800 = 76,400
 *   + heavy track 68,000 + into the room 28,000 + assembly 4 × 22,000
 * A leaf weighs 20.8 kg/m² × 2.4 m × 2.2 m / 2 = 54.9 kg: more than the 40 kg of the plain track.
 */
test('two sliding mirrors cost ¥10,780.80 net and run on the heavy track', () => {
  const selection = completed(compiled, demo.page.starts[1]!.decisions)
  expect(price(compiled, selection)).toMatchObject({ status: 'priced', net: 1078080 })
  expect(figure(compiled, selection, 's_leaf_mass')).toBeCloseTo(54.9, 1)
  expect(selection.options.track_80).toBe(1)
})

test('the standard wardrobe weighs 210 kg', () => {
  // 11.9 × (7.44 + shelves 5 × 0.36) + (6.2 + 12.1) × 3.96 + plinth 5 + drawers 3 × 7.5 = 209.9
  expect(figure(compiled, completed(compiled, []), 's_mass')).toBeCloseTo(210, 0)
})

test('five strips of 2,200 mm draw 105.6 W and take the 150 W driver', () => {
  const selection = completed(compiled, [
    { number: 'width', value: 2400 },
    { number: 'bays', value: 4 },
    { option: 'led_vertical', quantity: 5 },
  ])
  expect(figure(compiled, selection, 's_light')).toBeCloseTo(105.6, 6)
  expect(selection.options).toMatchObject({ driver_150: 1, switch_door: 1 })
})

test('the parts list counts what is in the bays', () => {
  const parts = new Map(bom(compiled, completed(compiled, [])).map(({ part, quantity }) => [part, quantity]))
  expect(parts.get('WB-BOARD')).toBeCloseTo(7.44, 6)
  expect(parts.get('WI-RAIL')).toBeCloseTo(1.8, 6)
  expect(Object.fromEntries(parts)).toMatchObject({ 'WF-HINGE-S': 15, 'WF-HDL': 3, 'WI-DRW': 3, 'WI-PIN': 20, 'WB-FIX': 4 })
})

test('winter coats of 50 kg per metre do not hang on the 30 × 15 profile', () => {
  const { unfit } = decideAll(compiled, [...chosen('rail_oval'), { number: 'clothes', value: 50 }])
  expect(unfit[0]?.explanation?.rules.map(rule => rule.id)).toContain('rail_load')
})
