import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSign, isCreditCode, plainCode } from './credit-code.ts'
import { type CompanyFacts, CompanyIndex, companyDomain, compareCompanies } from './same-company.ts'

const facts = (name: string, more: Partial<CompanyFacts> = {}): CompanyFacts => ({
  name,
  creditCode: null,
  phones: [],
  emails: [],
  domains: [],
  ...more,
})
const strength = (a: string, b: string) => compareCompanies(facts(a), facts(b))?.strength ?? null

const cities = ['常州', '苏州', '青岛', '东莞', '哈尔滨']
const brands = ['磊鑫', '恒锐', '宏达兴', '金石', '华诚']
const trades = ['机械', '精密机械', '数控设备', '模具']
const forms = ['有限公司', '有限责任公司', '股份有限公司', '集团有限公司', '']
const chinese = fc.record({
  city: fc.constantFrom(...cities),
  brand: fc.constantFrom(...brands),
  trade: fc.constantFrom(...trades),
})
const anyName = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  chinese.map(({ city, brand, trade }) => `${city}${brand}${trade}有限公司`),
)
const anyFacts = fc.record({
  name: anyName,
  creditCode: fc.constantFrom(null, '91350100M000100Y43', '914403001922038216'),
  phones: fc.subarray(['p1', 'p2']),
  emails: fc.subarray(['e1', 'e2']),
  domains: fc.subarray(['a.cn', 'b.cn']),
})

test('a company written four ways is found to be one', () => {
  const ways = ['常州磊鑫机械有限公司', '常州磊鑫机械', '常州市磊鑫机械有限公司', '常州磊鑫機械（有限公司）']
  for (const a of ways) for (const b of ways) expect(strength(a, b), `${a} ${b}`).not.toBeNull()
  expect(strength('Changzhou Leixin Machinery Co., Ltd', 'CHANGZHOU LEIXIN  MACHINERY Co Ltd')).toBe('certain')
  expect(strength('Müller Maschinenbau GmbH & Co. KG', 'Muller Maschinenbau')).toBe('likely')
  expect(strength('常州磊鑫机械有限公司', '常州　磊鑫机械有限公司 ')).toBe('certain')
  expect(strength('磊鑫机械（常州）有限公司', '常州磊鑫机械有限公司')).toBe('likely')
})

test('comparing is symmetric, and every company with a name is itself', () => {
  fc.assert(
    fc.property(anyFacts, anyFacts, (a, b) => {
      expect(compareCompanies(a, b)?.strength).toBe(compareCompanies(b, a)?.strength)
      if (/[\p{L}\p{N}]/u.test(a.name)) expect(compareCompanies(a, a)?.strength).toBe('certain')
    }),
  )
})

test('legal forms make no difference between companies', () => {
  fc.assert(
    fc.property(chinese, fc.constantFrom(...forms), fc.constantFrom(...forms), ({ city, brand, trade }, one, other) => {
      expect(strength(`${city}${brand}${trade}${one}`, `${city}市${brand}${trade}${other}`)).not.toBeNull()
    }),
  )
})

test('different companies of one city, one name in two cities, and a branch are others', () => {
  fc.assert(
    fc.property(chinese, chinese, (a, b) => {
      fc.pre(a.brand !== b.brand)
      expect(strength(`${a.city}${a.brand}${a.trade}有限公司`, `${a.city}${b.brand}${a.trade}有限公司`)).toBeNull()
    }),
  )
  expect(strength('常州磊鑫机械有限公司', '苏州磊鑫机械有限公司')).toBeNull()
  expect(strength('江苏常州磊鑫机械有限公司', '江苏苏州磊鑫机械有限公司')).toBeNull()
  expect(strength('江苏磊鑫机械有限公司', '常州磊鑫机械有限公司')).toBe('likely')
  expect(strength('常州磊鑫机械有限公司', '常州磊鑫机械有限公司上海分公司')).toBeNull()
  expect(strength('常州机械有限公司', '常州市机械有限责任公司')).toBeNull() // nothing telling in either
  expect(strength('Leixin Machinery Ltd', 'Leixin Tools Ltd')).toBeNull()
})

test('a credit code decides either way; a domain or a number alone asks a person, with a similar name it is certain', () => {
  const [one, other] = ['91350100M000100Y43', '914403001922038216']
  expect(compareCompanies(facts('甲乙', { creditCode: one }), facts('丙丁', { creditCode: one }))).toEqual({
    strength: 'certain',
    reasons: ['credit-code'],
  })
  expect(compareCompanies(facts('磊鑫机械', { creditCode: one }), facts('磊鑫机械', { creditCode: other }))).toBeNull()
  expect(compareCompanies(facts('甲乙', { domains: ['leixin.cn'] }), facts('丙丁', { domains: ['leixin.cn'] }))?.strength).toBe(
    'likely',
  )
  expect(compareCompanies(facts('常州磊鑫机械', { phones: ['1'] }), facts('常州市磊鑫机械有限公司', { phones: ['1'] }))).toEqual({
    strength: 'certain',
    reasons: ['similar-name', 'phone'],
  })
  expect(companyDomain('a@leixin.cn')).toBe('leixin.cn')
  for (const free of ['a@qq.com', 'a@163.com', 'a@vip.163.com', 'a@gmail.com', 'a@foxmail.com', 'a@sina.com.cn', 'none'])
    expect(companyDomain(free)).toBeNull()
})

test('an index finds what comparing each with each finds', () => {
  fc.assert(
    fc.property(fc.array(anyFacts, { maxLength: 12 }), anyFacts, (many, one) => {
      const index = new CompanyIndex<number>()
      for (const [id, each] of many.entries()) index.add(id, each)
      const expected = many.flatMap((each, id) => (compareCompanies(one, each) ? [id] : []))
      expect(
        index
          .find(one)
          .map(({ id }) => id)
          .sort((a, b) => a - b),
      ).toEqual(expected)
    }),
  )
})

test('the check sign of a credit code is that of GB 32100-2015', () => {
  // of the standard’s own example and of companies that publish theirs
  for (const code of [
    '91350100M000100Y43',
    '914403001922038216',
    '91330100799655058B',
    '9144030071526726XG',
    '91110108551385082Q',
  ])
    expect(isCreditCode(code)).toBe(true)
  expect(isCreditCode('91350100M000100Y44')).toBe(false)
  expect(isCreditCode('91350100I000100Y43')).toBe(false) // no I among the signs
  expect(plainCode(' ９1350100-m000100y43 ')).toBe('91350100M000100Y43')
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...signs), minLength: 17, maxLength: 17 }),
      fc.nat(16),
      fc.constantFrom(...signs),
      (first17, at, sign) => {
        fc.pre(first17[at] !== sign)
        const changed = first17.slice(0, at) + sign + first17.slice(at + 1)
        expect(checkSign(changed)).not.toBe(checkSign(first17)) // one wrong sign is always noticed
      },
    ),
  )
})
