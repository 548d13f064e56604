import { expect, test } from 'vitest'
import { features } from '../../../app/features.ts'
import { permissionTable, rolesWith, staffRoles } from '../core/index.ts'

test('what each role may do, all of it', () => {
  const mayDo = Object.fromEntries(
    staffRoles.map(role => [role, Object.keys(permissionTable).filter(permission => rolesWith(permission).includes(role))]),
  )
  expect(mayDo).toEqual({
    admin: Object.keys(permissionTable),
    sales: ['company.read', 'product.read', 'lead.read', 'lead.write'],
    product: ['product.read', 'product.write'],
    service: ['company.read', 'product.read'],
    marketing: ['product.read', 'lead.read'],
  })
})

test('a permission that stands in no table belongs to admin alone', () => expect(rolesWith('no.such')).toEqual(['admin']))

test('every permission an endpoint asks for stands in the table, and no feature grants others', () => {
  const asked = features.flatMap(feature =>
    (feature.routes ?? []).flatMap(({ endpoint: { access } }) => (typeof access === 'object' ? [access.staff] : [])),
  )
  const table: Record<string, readonly string[]> = permissionTable
  expect([...new Set(asked)].filter(permission => !(permission in table))).toEqual([])
  for (const feature of features)
    for (const [permission, roles] of Object.entries(feature.permissions ?? {}))
      expect({ permission, roles }).toEqual({ permission, roles: table[permission] })
})
