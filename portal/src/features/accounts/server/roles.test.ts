import { expect, test } from 'vitest'
import { features } from '../../../app/features.ts'
import { permissionTable, type RoleName, roles, rolesWith } from '../core/index.ts'

test('what each role may do, all of it', () => {
  const mayDo = Object.fromEntries(
    Object.keys(roles).map(role => [role, Object.keys(permissionTable).filter(one => rolesWith(one).includes(role as RoleName))]),
  )
  expect(mayDo).toEqual({
    admin: Object.keys(permissionTable).filter(one => !one.endsWith('-own')),
    sales: [
      'approval.read',
      'company.read',
      'company.manage',
      'company.import',
      'product.read',
      'document.read',
      'device.read',
      'package.read',
      'package.manage',
      'package.grant',
      'service.read',
      'lead.read',
      'lead.write',
      'lead.export',
      'offer.read',
      'offer.write',
      'figures.read',
    ],
    product: [
      'approval.read',
      'product.read',
      'document.read',
      'document.manage',
      'device-type.manage',
      'package.read',
      'package.manage',
      'product.write',
      'cost.read',
      'figures.read',
    ],
    service: [
      'approval.read',
      'company.read',
      'company.manage',
      'product.read',
      'document.read',
      'document.manage',
      'device.read',
      'device.manage',
      'device.control',
      'device-type.manage',
      'maintenance.record',
      'alarm.handle',
      'alarm-rule.manage',
      'package.read',
      'package.grant',
      'service.read',
      'service.handle',
    ],
    marketing: [
      'approval.read',
      'redirect.manage',
      'content.manage',
      'product.read',
      'document.read',
      'document.manage',
      'lead.read',
      'figures.read',
    ],
    'company-admin': [
      'company.read-own',
      'phone.use-own',
      'company.manage-own',
      'webhook.manage-own',
      'robot.manage-own',
      'document.read-own',
      'device.read-own',
      'device.claim-own',
      'device.control-own',
      'device.manage-own',
      'floor-plan.manage-own',
      'maintenance.record-own',
      'alarm.handle-own',
      'alarm-rule.manage-own',
      'package.use-own',
      'service.request-own',
      'configuration.read-own',
      'inquiry.read-own',
      'offer.read-own',
    ],
    'company-member': [
      'company.read-own',
      'phone.use-own',
      'document.read-own',
      'device.read-own',
      'device.claim-own',
      'device.control-own',
      'maintenance.record-own',
      'alarm.handle-own',
      'alarm-rule.manage-own',
      'package.use-own',
      'service.request-own',
      'configuration.read-own',
      'inquiry.read-own',
      'offer.read-own',
    ],
  })
})

test('a permission that stands in no table belongs to admin alone', () => expect(rolesWith('no.such')).toEqual(['admin']))

test('every permission an endpoint asks for stands in the table, and no feature grants others', () => {
  const asked = features.flatMap(feature =>
    (feature.routes ?? []).flatMap(({ endpoint: { access } }) => (typeof access === 'object' ? Object.values(access) : [])),
  )
  const table: Record<string, { roles: readonly string[] }> = permissionTable
  expect([...new Set(asked)].filter(permission => !(permission in table))).toEqual([])
  for (const feature of features)
    for (const [permission, roles] of Object.entries(feature.permissions ?? {}))
      expect({ permission, roles }).toEqual({ permission, roles: table[permission]?.roles })
})
