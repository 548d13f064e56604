import { z } from 'zod'
import { endpoint } from '#platform/core'
import { engineIds } from './engines.ts'
import { channels, indexNowHosts, outcomes, pushReasons } from './push.ts'
import { mostFileContent } from './root-file.ts'

const access = { staff: 'manufacturer.manage' } as const

const codes = z.partialRecord(z.enum(engineIds), z.string())
const time = z.string().nullable()

const push = z.object({
  id: z.string(),
  channel: z.enum(channels),
  at: z.string(),
  outcome: z.enum(outcomes),
  reason: z.enum(pushReasons).nullable(),
  addresses: z.number().int(),
  /** the first of them, without the origin */
  firstPath: z.string(),
  /** the service's own words */
  said: z.string(),
  /** addresses Baidu takes that day beyond these */
  remain: z.number().int().nullable(),
})
export type PushView = z.output<typeof push>

const discovery = z.object({
  /** engines are asked to stay away */
  hidden: z.boolean(),
  codes,
  files: z.array(z.object({ name: z.string(), content: z.string(), addedAt: z.string() })),
  indexNow: z.object({
    on: z.boolean(),
    host: z.enum(indexNowHosts),
    /** path of the file with the key; null: none was made yet */
    keyFile: z.string().nullable(),
  }),
  baidu: z.object({ on: z.boolean(), site: z.string() }),
  wechat: z.object({
    appId: z.string(),
    on: z.boolean(),
    /** domain that WeChat has to know as a safe one */
    domain: z.string(),
    /** ISO 8601, UTC: until when signatures can be made without asking WeChat again; null: it is asked at the next */
    readyUntil: time,
    failure: z.object({ said: z.string(), at: z.string() }).nullable(),
  }),
  /** pages that engines may know */
  pages: z.number().int(),
  /** addresses that a channel has still to be told of */
  waiting: z.record(z.enum(channels), z.number().int()),
  /** newest first */
  pushes: z.array(push),
  /** nothing leaves this portal: what would have been told is kept */
  caught: z.boolean(),
})
export type Discovery = z.output<typeof discovery>

export const getDiscovery = endpoint({
  id: 'discovery.getDiscovery',
  method: 'GET',
  path: '/discovery',
  summary: 'What search engines and WeChat are told of the portal, with the last answers',
  access,
  concurrency: 'etag',
  result: discovery,
})

export const saveDiscovery = endpoint({
  id: 'discovery.saveDiscovery',
  method: 'PATCH',
  path: '/discovery',
  summary: 'Change what is given: visibility, verification codes, who is told of pages, the WeChat account. Secrets are sealed',
  access,
  concurrency: 'if-match',
  audit: 'discovery.changed',
  body: z.object({
    hidden: z.boolean().optional(),
    /** as pasted: the code, or the whole tag; empty: none */
    codes: z.partialRecord(z.enum(engineIds), z.string().max(2000)).optional(),
    indexNow: z.object({ on: z.boolean(), host: z.enum(indexNowHosts).optional() }).optional(),
    /** the token, or the whole address of Baidu’s interface; empty: Baidu is not told */
    baiduToken: z.string().max(600).optional(),
    /** secret: absent keeps the one there is; an empty appId ends it */
    wechat: z.object({ appId: z.string().trim().max(40), secret: z.string().trim().max(100).optional() }).optional(),
  }),
  result: discovery,
})

export const addRootFile = endpoint({
  id: 'discovery.addRootFile',
  method: 'POST',
  path: '/discovery/files',
  summary: 'Serve a verification file at the root of the portal; one of that name is replaced',
  access,
  audit: 'discovery.file-added',
  body: z.object({ name: z.string().trim().max(200), content: z.string().max(mostFileContent) }),
  problems: ['too-many-root-files'],
})

export const removeRootFile = endpoint({
  id: 'discovery.removeRootFile',
  method: 'DELETE',
  path: '/discovery/files/{name}',
  summary: 'Serve a verification file no more',
  access,
  audit: 'discovery.file-removed',
  params: z.object({ name: z.string().max(200) }),
})

export const pushAllPages = endpoint({
  id: 'discovery.pushAllPages',
  method: 'POST',
  path: '/discovery/pushes',
  summary: 'Tell every channel that is on of all pages there are',
  access,
  audit: 'discovery.pushed',
  idempotency: 'ignored',
  limit: 'export',
  status: 202,
  result: z.object({ addresses: z.number().int() }),
  problems: ['nobody-to-tell'],
})

export const tryWechat = endpoint({
  id: 'discovery.tryWechat',
  method: 'POST',
  path: '/discovery/wechat/trial',
  summary: 'Ask WeChat for a ticket, now, and answer what it says',
  access,
  idempotency: 'ignored',
  audit: { none: 'it changes nothing and says nothing of anybody' },
  limit: 'export',
  result: discovery.shape.wechat,
})

export const getDiscoveryHead = endpoint({
  id: 'discovery.getDiscoveryHead',
  method: 'GET',
  path: '/discovery/head',
  summary: 'What every page says in its head to search engines',
  access: 'public',
  result: z.object({
    hidden: z.boolean(),
    tags: z.array(z.object({ name: z.string(), content: z.string() })),
    /** address of the script that makes a page’s own card in WeChat; null: it is not set up */
    wechatScript: z.string().nullable(),
  }),
})

export const signForWechat = endpoint({
  id: 'discovery.signForWechat',
  method: 'GET',
  path: '/discovery/wechat-signature',
  summary: 'The signature by which WeChat lets a page of this portal make its own card; null where it is not set up',
  access: 'public',
  query: z.object({ url: z.string().max(8000) }),
  result: z.object({
    signature: z
      .object({ appId: z.string(), timestamp: z.number().int(), nonceStr: z.string(), signature: z.string() })
      .nullable(),
  }),
})
