import type { LocalizedText } from '#platform/core'

interface Role {
  /** staff work for the manufacturer, customers for their company */
  side: 'staff' | 'customer'
  /** who acts on whom: see mayActOn */
  rank: number
  name: LocalizedText
}

/** Every role there is. A person's rank is that of his highest role. */
export const roles = {
  admin: { side: 'staff', rank: 4, name: { 'zh-CN': '管理员', en: 'Administrator' } },
  sales: { side: 'staff', rank: 3, name: { 'zh-CN': '销售', en: 'Sales' } },
  product: { side: 'staff', rank: 3, name: { 'zh-CN': '产品', en: 'Product' } },
  service: { side: 'staff', rank: 3, name: { 'zh-CN': '服务', en: 'Service' } },
  marketing: { side: 'staff', rank: 3, name: { 'zh-CN': '市场', en: 'Marketing' } },
  'company-admin': { side: 'customer', rank: 2, name: { 'zh-CN': '公司管理员', en: 'Company administrator' } },
  'company-member': { side: 'customer', rank: 1, name: { 'zh-CN': '公司成员', en: 'Company member' } },
} as const satisfies Record<string, Role>
export type RoleName = keyof typeof roles

export const staffRoles = ['admin', 'sales', 'product', 'service', 'marketing'] as const
export type StaffRole = (typeof staffRoles)[number]
export const companyRoles = ['company-admin', 'company-member'] as const
export type CompanyRole = (typeof companyRoles)[number]

export const isStaffRole = (value: unknown): value is StaffRole => staffRoles.includes(value as StaffRole)
const isRole = (value: string): value is RoleName => Object.hasOwn(roles, value)

interface Permission {
  /** roles that have it; `admin` has every permission of staff and stands nowhere */
  roles: readonly Exclude<RoleName, 'admin'>[]
  /** what it allows, as the table of roles says it */
  allows: LocalizedText
}

/** The one table of who may do what. A permission belongs to one side: staff (`[]`: administrators alone) or customers. */
export const permissionTable = {
  'staff.manage': {
    roles: [],
    allows: { 'zh-CN': '管理员工账户、角色与登录', en: 'look after staff accounts, their roles and sessions' },
  },
  'approval.read': {
    roles: ['sales', 'product', 'service', 'marketing'],
    allows: {
      'zh-CN': '查看等待第二人批准的请求，并批准自己有权执行的操作',
      en: 'see what waits for a second person, and decide what one could do oneself',
    },
  },
  'company.read': {
    roles: ['sales', 'service'],
    allows: { 'zh-CN': '查看客户公司及成员', en: 'look up companies and their people' },
  },
  'company.manage': {
    roles: ['sales', 'service'],
    allows: { 'zh-CN': '管理任一公司的成员、邀请与角色', en: 'look after the people, invitations and roles of any company' },
  },
  'company.import': {
    roles: ['sales'],
    allows: {
      'zh-CN': '从 Excel 导入公司、联系人和机器，并撤回导入',
      en: 'import companies, contacts and machines from Excel, and take an import back',
    },
  },
  'manufacturer.manage': {
    roles: [],
    allows: {
      'zh-CN': '编辑门户所示的企业信息，设置邮件服务器',
      en: 'edit what the portal says of the manufacturer, and say which server delivers its mail',
    },
  },
  'answering.manage': {
    roles: [],
    allows: {
      'zh-CN': '设置新线索的答复时限与工作时间',
      en: 'say within how many working hours new leads are dealt with',
    },
  },
  'robot.manage': {
    roles: [],
    allows: {
      'zh-CN': '管理接收新线索和报警的群机器人',
      en: 'look after the group chats that are told of new leads and of alarms',
    },
  },
  'webhook.manage': {
    roles: [],
    allows: { 'zh-CN': '管理企业自己的 Webhook', en: 'look after the webhooks of the manufacturer' },
  },
  'redirect.manage': {
    roles: ['marketing'],
    allows: { 'zh-CN': '管理旧网站地址的跳转', en: 'say where addresses of the site before lead' },
  },
  'content.manage': {
    roles: ['marketing'],
    allows: {
      'zh-CN': '编写、发布页面与新闻，编辑菜单',
      en: 'write and publish pages and news, and edit the menus',
    },
  },
  'product.read': {
    roles: ['sales', 'product', 'service', 'marketing'],
    allows: { 'zh-CN': '查看产品状态，含草稿与已下架', en: 'see products with their state, drafts and withdrawn ones too' },
  },
  'document.read': {
    roles: ['sales', 'product', 'service', 'marketing'],
    allows: { 'zh-CN': '查看所有产品资料及其版本', en: 'see every document of the products, with its versions' },
  },
  'document.manage': {
    roles: ['product', 'service', 'marketing'],
    allows: {
      'zh-CN': '上传、更新、下架产品资料，设置谁能看到',
      en: 'upload, renew and withdraw documents, and say who sees them',
    },
  },
  'device.read': {
    roles: ['sales', 'service'],
    allows: { 'zh-CN': '查看所有机器及其所有者', en: 'see every machine, and whose it is' },
  },
  'device.manage': {
    roles: ['service'],
    allows: {
      'zh-CN': '登记与转移机器，打印认领标签，管理机器凭证',
      en: 'register and transfer machines, print their labels, look after their credentials',
    },
  },
  'device.control': {
    roles: ['service'],
    allows: { 'zh-CN': '远程设置机器参数、下达指令', en: 'set machines from afar, and give them commands' },
  },
  'device-type.manage': {
    roles: ['product', 'service'],
    allows: { 'zh-CN': '编辑机型及其测量值与部件', en: 'edit types of machines with their metrics and components' },
  },
  'maintenance.record': {
    roles: ['service'],
    allows: { 'zh-CN': '登记已完成的保养', en: 'write down maintenance that was done' },
  },
  'alarm.handle': {
    roles: ['service'],
    allows: { 'zh-CN': '确认、分配与处理机器报警', en: 'acknowledge, assign and handle alarms of machines' },
  },
  'alarm-rule.manage': {
    roles: ['service'],
    allows: { 'zh-CN': '编写机器与机型的报警规则', en: 'write alarm rules for machines and their types' },
  },
  'package.read': {
    roles: ['sales', 'product', 'service'],
    allows: { 'zh-CN': '查看服务包及各客户的服务权益', en: 'see service packages, and which customers have them' },
  },
  'package.manage': {
    roles: ['sales', 'product'],
    allows: { 'zh-CN': '编辑服务包及其价格', en: 'edit service packages and their prices' },
  },
  'package.grant': {
    roles: ['sales', 'service'],
    allows: {
      'zh-CN': '开通、谢绝与收回服务权益',
      en: 'grant packages that were asked for, decline them, and take them back',
    },
  },
  'service.read': {
    roles: ['sales', 'service'],
    allows: { 'zh-CN': '查看服务请求', en: 'see requests for service' },
  },
  'service.handle': {
    roles: ['service'],
    allows: { 'zh-CN': '处理、分配与答复服务请求', en: 'move, assign and answer requests for service' },
  },
  'product.write': {
    roles: ['product'],
    allows: { 'zh-CN': '导入模型，发布与下架产品', en: 'import models, publish and withdraw products' },
  },
  'cost.read': {
    roles: ['product'],
    allows: { 'zh-CN': '查看成本与毛利', en: 'see cost and margin' },
  },
  'lead.read': { roles: ['sales', 'marketing'], allows: { 'zh-CN': '查看线索及联系方式', en: 'see leads with contact data' } },
  'lead.write': { roles: ['sales'], allows: { 'zh-CN': '推进、分配与答复线索', en: 'move, assign and answer leads' } },
  'lead.export': {
    roles: ['sales'],
    allows: {
      'zh-CN': '经二次确认导出线索及联系方式；每天超过 1,000 人时须第二人批准',
      en: 'export leads with contact data, confirmed each time; beyond 1,000 people a day with a second person',
    },
  },
  'offer.read': {
    roles: ['sales'],
    allows: { 'zh-CN': '查看报价，及经营数据中的金额', en: 'see offers, and the amounts of money among the figures' },
  },
  'offer.write': {
    roles: ['sales'],
    allows: {
      'zh-CN': '编写、发送与撤回报价，折扣以角色上限为准',
      en: 'write, send and withdraw offers, with discounts up to the limit of the role',
    },
  },
  'figures.read': {
    roles: ['sales', 'product', 'marketing'],
    allows: {
      'zh-CN': '查看经营数据：访问、配置、询价、报价与成交',
      en: 'see the figures: visits, configurations, inquiries, offers and orders',
    },
  },
  'figures.manage': {
    roles: [],
    allows: { 'zh-CN': '填写使用本门户之前的经营数据', en: 'enter the figures from before Fettle' },
  },
  // there are links in them that open accounts
  'mail.read': { roles: [], allows: { 'zh-CN': '查看未真正发出的邮件', en: 'read mails that were caught instead of sent' } },
  'operations.read': {
    roles: [],
    allows: { 'zh-CN': '查看系统运行状况与未完成事项', en: 'see how the portal runs, and what was given up' },
  },
  'operations.write': {
    roles: [],
    allows: { 'zh-CN': '重试或搁置未完成事项', en: 'try again what was given up, or set it aside' },
  },

  'company.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '查看本公司及同事', en: 'see the own company and its people' },
  },
  // a text message can be led astray, so it opens nothing of the manufacturer's
  'phone.use-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '用手机验证码登录', en: 'sign in by a code on the phone' },
  },
  'audit.read': {
    roles: [],
    allows: {
      'zh-CN': '查看并校验审计日志，含其中的个人信息',
      en: 'read and check the audit log, with the personal values in it',
    },
  },
  'audit.export': {
    roles: [],
    allows: { 'zh-CN': '经再次确认导出审计日志', en: 'export the audit log, confirmed each time' },
  },
  'privacy.manage': {
    roles: [],
    allows: { 'zh-CN': '处理隐私申请，删除个人信息', en: 'answer privacy requests, and erase people' },
  },
  'company.manage-own': {
    roles: ['company-admin'],
    allows: { 'zh-CN': '邀请、停用同事，调整其角色', en: 'invite and deactivate colleagues, give and take their role' },
  },
  'webhook.manage-own': {
    roles: ['company-admin'],
    allows: { 'zh-CN': '管理本公司的 Webhook', en: 'look after the webhooks of the own company' },
  },
  'robot.manage-own': {
    roles: ['company-admin'],
    allows: { 'zh-CN': '管理接收报警的群机器人', en: 'look after the group chats of the own company that are told of alarms' },
  },
  'document.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '查看并下载给本公司的产品资料', en: 'see and fetch the documents meant for the own company' },
  },
  'device.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '查看本公司的机器', en: 'see the machines of the own company' },
  },
  'device.claim-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '凭认领码把机器登记到本公司', en: 'take on a machine for the own company by its code' },
  },
  'device.control-own': {
    roles: ['company-admin', 'company-member'],
    allows: {
      'zh-CN': '远程设置本公司机器的参数、下达指令',
      en: 'set machines of the own company from afar, and give them commands',
    },
  },
  'device.manage-own': {
    roles: ['company-admin'],
    allows: {
      'zh-CN': '转让本公司的机器，设置谁能看到其数据',
      en: 'hand over machines of the own company, and say who sees what they report',
    },
  },
  'floor-plan.manage-own': {
    roles: ['company-admin'],
    allows: {
      'zh-CN': '绘制本公司的平面图，在图上放置机器',
      en: 'draw floor plans of the own company, and place machines on them',
    },
  },
  'maintenance.record-own': {
    roles: ['company-admin', 'company-member'],
    allows: {
      'zh-CN': '登记本公司机器已完成的保养',
      en: 'write down maintenance that was done on machines of the own company',
    },
  },
  'alarm.handle-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '确认与处理本公司机器的报警', en: 'acknowledge and handle alarms of the own company’s machines' },
  },
  'alarm-rule.manage-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '为本公司的机器编写报警规则', en: 'write alarm rules for the own company’s machines' },
  },
  'package.use-own': {
    roles: ['company-admin', 'company-member'],
    allows: {
      'zh-CN': '为本公司的机器试用、申请与续订服务包',
      en: 'try, ask for and renew service packages for the own company’s machines',
    },
  },
  'service.request-own': {
    roles: ['company-admin', 'company-member'],
    allows: {
      'zh-CN': '为本公司的机器请求服务，查看进展',
      en: 'ask for service on machines of the own company, and see how far it is',
    },
  },
  'configuration.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '查看本公司保存的配置', en: 'see the configurations saved in the own company' },
  },
  'inquiry.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: { 'zh-CN': '查看本公司的询价及所附文件', en: 'see the inquiries of the own company, and the files sent with them' },
  },
  'offer.read-own': {
    roles: ['company-admin', 'company-member'],
    allows: {
      'zh-CN': '在账户中查看给本公司的报价，并提问、还价、接受或谢绝',
      en: 'see the offers to the own company in the account, ask, counter, accept and decline',
    },
  },
} as const satisfies Record<string, Permission>
export type PermissionName = keyof typeof permissionTable

const granted: Readonly<Record<string, Permission>> = permissionTable

/** The side a permission belongs to. */
export const sideOf = (permission: string): Role['side'] =>
  granted[permission]?.roles.some(role => roles[role].side === 'customer') ? 'customer' : 'staff'

/** Roles that have the permission, admin first. A permission that stands nowhere belongs to admin alone. */
export function rolesWith(permission: string): RoleName[] {
  const others = granted[permission]?.roles ?? []
  return sideOf(permission) === 'staff' ? ['admin', ...others] : [...others]
}

/** What somebody with these roles may do, in the order of the table. */
export const permissionsOf = (held: readonly string[]): PermissionName[] =>
  (Object.keys(permissionTable) as PermissionName[]).filter(permission => rolesWith(permission).some(role => held.includes(role)))

/** Rank of the highest of these roles; 0 without any. */
export const rankOf = (held: readonly string[]): number => Math.max(0, ...held.filter(isRole).map(role => roles[role].rank))

/** Whether one person may act on another: change his roles, deactivate him, end his sessions. */
export type Reach = 'freely' | 'when-confirmed' | 'never'

/**
 * A person acts on strictly lower ranks. Administrators act on each other, and company administrators on each other, with second
 * confirmation only. Whether the actor has the permission at all, and the same company, is asked elsewhere.
 */
export function mayActOn(actor: readonly string[], target: readonly string[]): Reach {
  const [above, below] = [rankOf(actor), rankOf(target)]
  if (above > below) return 'freely'
  const administrator = above === roles.admin.rank || above === roles['company-admin'].rank
  return above === below && administrator ? 'when-confirmed' : 'never'
}

interface Someone {
  id: string
  roles: readonly string[]
}

/** The same of two people: on himself nobody acts. */
export const reachOf = (actor: Someone, target: Someone): Reach | 'himself' =>
  actor.id === target.id ? 'himself' : mayActOn(actor.roles, target.roles)

/** Whether one person may give another a role, or take it: none above his own. The own rank only where he is an administrator. */
export const mayGive = (actor: readonly string[], role: RoleName): boolean => mayActOn(actor, [role]) !== 'never'
