import { expect, test } from 'vitest'
import { standingOf } from './invitation.ts'

const invitation = { email: 'invited@example.com', companyId: 'firm' }
const reader = { email: 'invited@example.com', kind: 'customer', company: { id: 'own', sole: true } } as const

test.each([
  ['newcomer', null, null],
  ['sign-in-first', null, 'customer'],
  ['staff', null, 'staff'],
  ['moves', reader, 'customer'],
  ['moves', { ...reader, company: null }, 'customer'],
  ['member', { ...reader, company: { id: 'firm', sole: false } }, 'customer'],
  ['elsewhere', { ...reader, company: { id: 'other', sole: false } }, 'customer'],
  ['other-address', { ...reader, email: 'somebody.else@example.com' }, null],
  ['other-address', { ...reader, email: 'somebody.else@example.com', kind: 'staff' }, null],
  ['staff', { ...reader, kind: 'staff', company: null }, 'staff'],
] as const)('%s: reader %j, address of %s', (standing, reader, owner) => {
  expect(standingOf({ invitation, reader, owner })).toBe(standing)
})
