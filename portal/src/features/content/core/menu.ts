import { z } from 'zod'
import type { LocalizedText } from '#platform/core'
import { nothing } from './fields.ts'
import { isSaid } from './reading.ts'
import { isHttps } from './structured-text.ts'

/** Pages of the portal a menu may lead to, by path without language, and what they are called where nobody calls them otherwise. */
export const placeNames = {
  '/': { 'zh-CN': '首页', en: 'Home' },
  '/products': { 'zh-CN': '产品', en: 'Products' },
  '/news': { 'zh-CN': '新闻', en: 'News' },
  '/cases': { 'zh-CN': '案例', en: 'Cases' },
  '/downloads': { 'zh-CN': '资料下载', en: 'Downloads' },
  '/privacy': { 'zh-CN': '隐私说明', en: 'Privacy' },
  '/account': { 'zh-CN': '我的账户', en: 'Your account' },
  '/api/docs': { 'zh-CN': '接口文档', en: 'API' },
} as const
export const portalPlaces = Object.keys(placeNames) as (keyof typeof placeNames)[]
export type PortalPlace = (typeof portalPlaces)[number]

/** Where an entry leads. nowhere: it only holds others */
export type MenuTarget =
  | { kind: 'page'; pageId: string }
  | { kind: 'product'; slug: string }
  | { kind: 'portal'; path: PortalPlace }
  | { kind: 'outside'; url: string }
  | { kind: 'nowhere' }

export interface MenuLeaf {
  id: string
  /** where it is empty, what stands there says its own name */
  title: LocalizedText
  target: MenuTarget
}
export interface MenuEntry extends MenuLeaf {
  children: MenuLeaf[]
}
export interface Menus {
  header: MenuEntry[]
  footer: MenuEntry[]
}

/** How many entries a menu may have, and how many may hang below one. */
export const mostEntries = 12

const noHttps = {
  message: { 'zh-CN': '外部网址须以 https:// 开头。', en: 'An address elsewhere begins with https://.' },
  remedy: { 'zh-CN': '请填写如 https://example.com 的网址。', en: 'Write it like https://example.com.' },
}

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), pageId: z.uuid() }),
  z.strictObject({ kind: z.literal('product'), slug: z.string().min(1).max(80) }),
  z.strictObject({ kind: z.literal('portal'), path: z.enum(portalPlaces) }),
  z.strictObject({ kind: z.literal('outside'), url: z.string().max(500).refine(isHttps, { params: noHttps }) }),
  z.strictObject({ kind: z.literal('nowhere') }),
])
const leaf = {
  id: z.string().min(1).max(40),
  title: z.strictObject({ 'zh-CN': z.string().trim().max(40), en: z.string().trim().max(40) }),
  target,
}

const untitled = {
  message: { 'zh-CN': '此项需要名称。', en: 'This entry needs a name.' },
  remedy: { 'zh-CN': '请填写至少一种语言的名称。', en: 'Give it in one language at least.' },
}
const namesItself = ({ title, target: { kind } }: { title: LocalizedText; target: { kind: string } }) =>
  isSaid(title) || (kind !== 'outside' && kind !== 'nowhere')
const named = { path: ['title', 'zh-CN'], params: untitled }

const holdsNothing = {
  message: { 'zh-CN': '下级入口须指向某处。', en: 'An entry below another leads somewhere.' },
  remedy: { 'zh-CN': '请选择它指向的页面、产品或网址。', en: 'Choose the page, product or address it leads to.' },
}
const child = z
  .strictObject(leaf)
  .refine(namesItself, named)
  .refine(({ target: { kind } }) => kind !== 'nowhere', { path: ['target'], params: holdsNothing })
const entry = z.strictObject({ ...leaf, children: z.array(child).max(mostEntries) }).refine(namesItself, named)
const list = z.array(entry).max(mostEntries)

export const menus: z.ZodType<Menus> = z.strictObject({ header: list, footer: list })

const portal = (path: PortalPlace): MenuEntry => ({
  id: path,
  title: nothing,
  target: { kind: 'portal', path },
  children: [],
})

/** What the portal has by itself (app/web/public-layout.tsx); downloads are shown once there are some. */
export const usualMenus: Menus = {
  header: [portal('/products'), portal('/downloads')],
  footer: [portal('/products'), portal('/privacy'), portal('/api/docs')],
}
