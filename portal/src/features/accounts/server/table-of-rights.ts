import type { CallResult } from '#platform/core'
import { type listRoles, permissionTable, roles, rolesWith, sideOf } from '../core/index.ts'

/** core/roles.ts as the console and other programs read it. */
export function tableOfRights(): CallResult<typeof listRoles> {
  return {
    roles: Object.entries(roles).map(([id, role]) => ({ id, ...role })),
    permissions: Object.entries(permissionTable).map(([id, { allows }]) => ({
      id,
      side: sideOf(id),
      allows,
      roles: rolesWith(id),
    })),
  }
}
