/** Roles of staff. */
export const staffRoles = ['admin', 'sales', 'product', 'service', 'marketing'] as const
export type StaffRole = (typeof staffRoles)[number]

export const isStaffRole = (value: unknown): value is StaffRole => staffRoles.includes(value as StaffRole)

/** The one table of what staff may do: permission -> roles that have it. `admin` has every permission and stands nowhere. */
export const permissionTable = {
  /** create staff accounts, give and take roles */
  'staff.manage': [],
  /** look up companies and their people */
  'company.read': ['sales', 'service'],
  /** products with their state, drafts and withdrawn ones too */
  'product.read': ['sales', 'product', 'service', 'marketing'],
  /** import models, publish and withdraw products */
  'product.write': ['product'],
  /** leads with contact data */
  'lead.read': ['sales', 'marketing'],
  /** move, assign and answer leads */
  'lead.write': ['sales'],
  /** mails the demo caught instead of sending them: there are links in them that open accounts */
  'mail.read': [],
} as const satisfies Record<string, readonly StaffRole[]>

/** Roles that have the permission, admin first. A permission that stands nowhere belongs to admin alone. */
export function rolesWith(permission: string): StaffRole[] {
  const table: Readonly<Record<string, readonly StaffRole[]>> = permissionTable
  return ['admin', ...(table[permission] ?? [])]
}
