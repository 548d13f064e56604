import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayActOn, mayGive, permissionsOf, permissionTable, type RoleName, rankOf, roles, rolesWith, sideOf } from './roles.ts'

const names = Object.keys(roles) as RoleName[]
const held = fc.subarray(names, { minLength: 0 })

test('nobody acts on a higher rank, whatever roles both hold', () => {
  fc.assert(
    fc.property(held, held, (actor, target) => {
      if (rankOf(actor) < rankOf(target)) expect(mayActOn(actor, target)).toBe('never')
      if (rankOf(actor) > rankOf(target)) expect(mayActOn(actor, target)).toBe('freely')
    }),
  )
})

test('only administrators act on their like, and only confirmed', () => {
  fc.assert(
    fc.property(held, held, (actor, target) => {
      fc.pre(rankOf(actor) === rankOf(target))
      const highest = actor.some(role => role === 'admin') || (actor.includes('company-admin') && rankOf(actor) === 2)
      expect(mayActOn(actor, target)).toBe(highest ? 'when-confirmed' : 'never')
    }),
  )
})

test('of two people at most one acts on the other freely', () => {
  fc.assert(
    fc.property(held, held, (one, other) => {
      expect([mayActOn(one, other), mayActOn(other, one)].filter(reach => reach === 'freely').length).toBeLessThan(2)
    }),
  )
})

test('nobody gives a role above his own', () => {
  fc.assert(
    fc.property(held, fc.constantFrom(...names), (actor, role) => {
      if (mayGive(actor, role)) expect(rankOf(actor)).toBeGreaterThanOrEqual(roles[role].rank)
    }),
  )
  expect(mayGive(['sales'], 'sales')).toBe(false)
  expect(mayGive(['company-admin'], 'company-admin')).toBe(true)
  expect(mayGive(['company-member'], 'company-member')).toBe(false)
})

test('admin stands above staff, staff above company administrators, those above members', () => {
  const ranks = [['admin'], ['sales', 'product', 'service', 'marketing'], ['company-admin'], ['company-member'], []].map(
    group => new Set(group.length ? group.map(role => rankOf([role])) : [0]),
  )
  expect(ranks.map(group => group.size)).toEqual([1, 1, 1, 1, 1])
  const order = ranks.map(group => [...group][0]!)
  expect(order).toEqual(order.toSorted((a, b) => b - a))
})

test('a permission belongs to one side, and roles of the other never have it', () => {
  for (const permission of Object.keys(permissionTable)) {
    for (const role of rolesWith(permission)) expect([permission, roles[role].side]).toEqual([permission, sideOf(permission)])
  }
  expect(permissionsOf(['admin']).every(permission => sideOf(permission) === 'staff')).toBe(true)
  expect(permissionsOf(['company-admin']).every(permission => sideOf(permission) === 'customer')).toBe(true)
  expect(permissionsOf(['unheard-of'])).toEqual([])
})
