import { z } from 'zod'
import { endpoint } from '#platform/core'

const session = z.object({
  id: z.string(),
  /** 'Edge · Windows'; empty where the browser did not say */
  device: z.string(),
  /** last known remote address; null: none yet */
  address: z.string().nullable(),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  /** the session that asks */
  current: z.boolean(),
})
export type SessionView = z.output<typeof session>

export const listMySessions = endpoint({
  id: 'accounts.listMySessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where the own account is signed in, last seen first',
  access: 'signed-in',
  result: z.object({ items: z.array(session) }),
})

export const endMySession = endpoint({
  id: 'accounts.endMySession',
  method: 'DELETE',
  path: '/me/sessions/{sessionId}',
  summary: 'Sign one of the own sessions out',
  access: 'signed-in',
  audit: 'session.ended',
  params: z.object({ sessionId: z.uuid() }),
})

export const endMyOtherSessions = endpoint({
  id: 'accounts.endMyOtherSessions',
  method: 'DELETE',
  path: '/me/sessions',
  summary: 'Sign all own sessions out but this one',
  access: 'signed-in',
  audit: 'session.ended',
})

/** Somebody else: staff for administrators; customers for whoever looks after their company. */
export const somebody = {
  access: { staff: 'company.manage', customer: 'company.manage-own' },
  params: z.object({ accountId: z.uuid() }),
  problems: ['out-of-reach'],
}

export const listSessionsOf = endpoint({
  id: 'accounts.listSessionsOf',
  method: 'GET',
  path: '/people/{accountId}/sessions',
  // not for the administrators of a company: where a colleague signs in from is no business of theirs
  access: { staff: 'company.manage' },
  summary: 'Where somebody is signed in, last seen first',
  keys: 'refused',
  params: z.object({ accountId: z.uuid() }),
  result: z.object({ items: z.array(session) }),
  problems: ['out-of-reach'],
})

export const endSessionOf = endpoint({
  id: 'accounts.endSessionOf',
  method: 'DELETE',
  path: '/people/{accountId}/sessions/{sessionId}',
  access: { staff: 'company.manage' },
  summary: 'Sign one of somebody’s sessions out; an administrator’s by another with a second confirmation',
  confirm: true,
  audit: 'session.ended',
  params: z.object({ accountId: z.uuid(), sessionId: z.uuid() }),
  problems: ['out-of-reach'],
})

export const endSessionsOf = endpoint({
  ...somebody,
  id: 'accounts.endSessionsOf',
  method: 'DELETE',
  path: '/people/{accountId}/sessions',
  summary: 'Sign somebody out everywhere; an administrator by another with a second confirmation',
  confirm: true,
  audit: 'session.ended',
})

export const deactivate = endpoint({
  ...somebody,
  id: 'accounts.deactivate',
  method: 'PUT',
  path: '/people/{accountId}/deactivation',
  summary: 'End all sessions of somebody and let him sign in no more; his name stays in histories',
  confirm: true,
  audit: 'account.deactivated',
  problems: ['out-of-reach', 'last-admin', 'last-company-admin'],
})

export const reactivate = endpoint({
  ...somebody,
  id: 'accounts.reactivate',
  method: 'DELETE',
  path: '/people/{accountId}/deactivation',
  summary: 'Let somebody sign in again; an administrator by another with a second confirmation',
  confirm: true,
  audit: 'account.reactivated',
})
