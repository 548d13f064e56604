import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filledIn, type ManufacturerProfile, profileToSave, unnamedManufacturer } from './index.ts'

const text = fc.record({ 'zh-CN': fc.string({ maxLength: 20 }), en: fc.string({ maxLength: 20 }) })
const profiles: fc.Arbitrary<ManufacturerProfile> = fc.record({
  name: text.filter(({ en }) => en !== ''),
  legalName: text,
  about: text,
  address: text,
  phone: fc.constant(''),
  email: fc.constant(''),
  hours: text,
  timeZone: fc.constant('Asia/Shanghai'),
  legalLines: fc.array(text, { maxLength: 5 }),
  facts: fc.array(fc.record({ value: fc.string({ minLength: 1 }), unit: text, label: text }), { maxLength: 3 }),
  priceTerms: text,
})

test('whatever is said in one language is said in both, nothing said is lost, and doing it again changes nothing', () => {
  fc.assert(
    fc.property(profiles, typed => {
      const filled = filledIn(typed)
      for (const name of ['name', 'legalName', 'about', 'address', 'hours', 'priceTerms'] as const) {
        expect(filled[name]['zh-CN'] === '').toBe(filled[name].en === '')
        for (const language of ['zh-CN', 'en'] as const)
          if (typed[name][language] !== '') expect(filled[name][language]).toBe(typed[name][language])
      }
      expect(filled.legalName.en).not.toBe('')
      expect(filled.legalLines).toHaveLength(typed.legalLines.filter(line => line['zh-CN'] || line.en).length)
      expect(filledIn(filled)).toEqual(filled)
    }),
  )
})

test('a profile nobody has filled in is one that can be saved', () => {
  expect(profileToSave.parse(unnamedManufacturer)).toEqual(unnamedManufacturer)
})
