import { type PermissionName, permissionsOf } from './roles.ts'

/** How long a key lasts, in days. */
export const keyDays = { min: 1, preset: 90, max: 365 } as const
/** Of one person, at a time. */
export const mostKeys = 20
/** Its owner is told so many days before it expires. */
export const keyWarningDays = 7

/** A caught mail may hold a link that opens an account: whoever reads it could do more than his scopes say. No key changes a way of signing in. */
const withheld: readonly PermissionName[] = ['mail.read', 'phone.use-own']

/** What somebody with these roles may put into a key: what he may do himself. */
export const scopesFor = (held: readonly string[]): PermissionName[] =>
  permissionsOf(held).filter(permission => !withheld.includes(permission))

/** What a key may do while its owner holds these roles: never more than he, whatever its scopes say. */
export const permissionsOfKey = (scopes: readonly string[], held: readonly string[]): PermissionName[] =>
  scopesFor(held).filter(permission => scopes.includes(permission))

/** Somebody who comes by a session, by a key, or by a token of a key. */
interface Comer {
  roles: readonly string[]
  via: { kind: 'session' } | { kind: 'api-key' | 'embed'; scopes: readonly string[] }
}

/** What he may do by what he comes with. */
export const permissionsBy = ({ roles, via }: Comer): PermissionName[] =>
  via.kind === 'session' ? permissionsOf(roles) : permissionsOfKey(via.scopes, roles)
