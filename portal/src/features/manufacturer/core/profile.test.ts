import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filledIn, fromKept, type ManufacturerProfile, policingRegister, profileToSave, unnamedManufacturer } from './index.ts'

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
  icpFiling: fc.constant(''),
  policingFiling: fc.constant(''),
  legalLines: fc.array(text, { maxLength: 5 }),
  imprint: text,
  facts: fc.array(fc.record({ value: fc.string({ minLength: 1 }), unit: text, label: text }), { maxLength: 3 }),
  priceTerms: text,
})

test('whatever is said in one language is said in both, nothing said is lost, and doing it again changes nothing', () => {
  fc.assert(
    fc.property(profiles, typed => {
      const filled = filledIn(typed)
      for (const name of ['name', 'legalName', 'about', 'address', 'hours', 'imprint', 'priceTerms'] as const) {
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

test.each([
  ['沪ICP备12345678号-1', '沪ICP备12345678号-1'],
  [' 沪 icp备12345678号－1 ', '沪ICP备12345678号-1'],
  ['苏ICP备２０２４０１２３４５号', '苏ICP备2024012345号'],
  ['', ''],
])('the ICP filing %j is kept as %j', (typed, kept) => {
  expect(profileToSave.parse({ ...unnamedManufacturer, icpFiling: typed }).icpFiling).toBe(kept)
})

test.each(['ICP备12345678号', '沪ICP备号', '沪B2-20050023', '沪ICP备12345678', '<a>'])('%j is no ICP filing', typed => {
  expect(profileToSave.safeParse({ ...unnamedManufacturer, icpFiling: typed }).error?.issues).toMatchObject([
    { path: ['icpFiling'] },
  ])
})

test('a public-security filing leads to its entry in the register', () => {
  const { policingFiling } = profileToSave.parse({ ...unnamedManufacturer, policingFiling: '沪公网安备 31010402000001号' })
  expect(policingFiling).toBe('沪公网安备31010402000001号')
  expect(policingRegister(policingFiling)).toBe('https://beian.mps.gov.cn/#/query/webSearch?code=31010402000001')
  expect(profileToSave.safeParse({ ...unnamedManufacturer, policingFiling: '沪公网安备3101040200号' }).success).toBe(false)
})

test('numbers that were kept among the legal lines move to their fields, once', () => {
  const { icpFiling: _, policingFiling: __, imprint: ___, ...before } = unnamedManufacturer
  const both = (line: string) => ({ 'zh-CN': line, en: line })
  const kept = { ...before, legalLines: ['© 2026', '沪ICP备12345678号', '沪公网安备 31010402000001号'].map(both) }
  const profile = fromKept(kept)
  expect(profile).toMatchObject({ icpFiling: '沪ICP备12345678号', policingFiling: '沪公网安备31010402000001号' })
  expect(profile.legalLines).toEqual([both('© 2026')])
  expect(fromKept({ ...profile, icpFiling: '', legalLines: [both('沪ICP备12345678号')] }).icpFiling).toBe('')
})
