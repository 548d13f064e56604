import { type Collected, openFields, type PersonalData, type PersonalTable, type Platform } from '#platform/server'
import { revokeAllApiKeys } from './api-keys.ts'
import { collectContacts, eraseContacts } from './erase-company-contacts.ts'
import { revokeTokens } from './one-time-token.ts'
import type { AccountTables } from './tables.ts'

const random = 'random, or a hash of something random'
const code = 'a word from a fixed list, or a name in the code'
const unused = 'a field of the account library that nothing fills'
const account = { rule: 'with', owner: 'account' } as const
const signingIn = { 'zh-CN': '登录并保护账户', en: 'To sign in and to protect the account' }
const reaching = { 'zh-CN': '登录、识别与联系', en: 'To sign in, to be recognised and reached' }

const servingCustomers = { 'zh-CN': '服务既有客户及其机器', en: 'To serve customers and the machines they have' }
const email = { 'zh-CN': '邮箱', en: 'e-mail address' }
const phone = { 'zh-CN': '电话', en: 'phone number' }

const tables: readonly PersonalTable[] = [
  {
    table: 'person',
    key: ['id'],
    about: { 'zh-CN': '账户', en: 'Accounts' },
    why: reaching,
    kept: account,
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '姓名', en: 'name' } },
      email: {
        protection: 'sealed',
        what: { 'zh-CN': '邮箱', en: 'e-mail address' },
        lookUp: { column: 'email_digest', as: 'email' },
      },
      email_digest: { protection: 'digest', what: { 'zh-CN': '邮箱', en: 'e-mail address' } },
      phone: {
        protection: 'sealed',
        what: { 'zh-CN': '电话', en: 'phone number' },
        lookUp: { column: 'phone_digest', as: 'phone' },
      },
      phone_digest: { protection: 'digest', what: { 'zh-CN': '电话', en: 'phone number' } },
      language: { protection: 'plain', what: { 'zh-CN': '语言', en: 'language' } },
    },
    impersonal: { [code]: ['kind'], [unused]: ['image'] },
  },
  {
    table: 'company',
    key: ['id'],
    about: { 'zh-CN': '公司', en: 'Companies' },
    why: { 'zh-CN': '使同事看到同样的配置和询价', en: 'So that colleagues see the same configurations and inquiries' },
    kept: account,
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '公司名称，个人账户为姓名', en: 'name; of a person alone, his own' } },
    },
    impersonal: { [random]: ['slug'], [unused]: ['logo', 'metadata'] },
  },
  {
    table: 'company_record',
    key: ['company_id'],
    about: { 'zh-CN': '公司资料', en: 'Records of companies' },
    why: servingCustomers,
    kept: account,
    personal: {
      address: { protection: 'sealed', what: { 'zh-CN': '公司地址', en: 'address of the company' } },
      phone: { protection: 'sealed', what: phone, lookUp: { column: 'phone_digest', as: 'phone' } },
      phone_digest: { protection: 'digest', what: phone },
      email: { protection: 'sealed', what: email, lookUp: { column: 'email_digest', as: 'email' } },
      email_digest: { protection: 'digest', what: email },
      notes: { protection: 'sealed', what: { 'zh-CN': '备注', en: 'notes' } },
    },
    impersonal: { 'a public number of a firm': ['credit_code'] },
  },
  {
    table: 'company_contact',
    key: ['id'],
    about: { 'zh-CN': '客户公司的联系人', en: 'Contacts at companies' },
    why: servingCustomers,
    kept: { rule: 'with', owner: 'contact' },
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '姓名', en: 'name' } },
      post: { protection: 'plain', what: { 'zh-CN': '职务', en: 'post' } },
      phone: { protection: 'sealed', what: phone, lookUp: { column: 'phone_digest', as: 'phone' } },
      phone_digest: { protection: 'digest', what: phone },
      email: { protection: 'sealed', what: email, lookUp: { column: 'email_digest', as: 'email' } },
      email_digest: { protection: 'digest', what: email },
      notes: { protection: 'sealed', what: { 'zh-CN': '备注', en: 'notes' } },
    },
    impersonal: {},
  },
  {
    table: 'company_member',
    key: ['id'],
    kept: account,
    personal: {},
    impersonal: { [code]: ['role'] },
  },
  {
    table: 'company_invitation',
    key: ['id'],
    about: { 'zh-CN': '同事邀请', en: 'Invitations of colleagues' },
    why: { 'zh-CN': '邀请同事加入公司', en: 'To invite a colleague into the company' },
    kept: { rule: 'days', days: 30, after: 'expires_at' },
    personal: {
      email: {
        protection: 'sealed',
        what: { 'zh-CN': '邮箱', en: 'e-mail address' },
        lookUp: { column: 'email_digest', as: 'email' },
      },
      email_digest: { protection: 'digest', what: { 'zh-CN': '邮箱', en: 'e-mail address' } },
      name: { protection: 'plain', what: { 'zh-CN': '姓名，由邀请人填写', en: 'name, as who invites knows it' } },
      language: { protection: 'plain', what: { 'zh-CN': '邮件语言', en: 'language of the mail' } },
    },
    impersonal: { [code]: ['role', 'status'] },
  },
  {
    table: 'credential',
    key: ['id'],
    about: { 'zh-CN': '登录方式', en: 'Ways of signing in' },
    why: signingIn,
    kept: account,
    personal: {
      password: { protection: 'hash', what: { 'zh-CN': '密码（argon2id 散列）', en: 'password, as argon2id hash' } },
      provider_account_id: { protection: 'plain', what: { 'zh-CN': '在登录服务商处的编号', en: 'id at a sign-in provider' } },
    },
    impersonal: { [code]: ['provider_id', 'scope'], [unused]: ['access_token', 'refresh_token', 'id_token'] },
  },
  {
    table: 'session',
    key: ['id'],
    about: { 'zh-CN': '登录会话', en: 'Sessions' },
    why: signingIn,
    kept: { rule: 'days', days: 1, after: 'expires_at' },
    personal: {
      address: { protection: 'sealed', what: { 'zh-CN': 'IP 地址', en: 'network address' } },
      user_agent: { protection: 'sealed', what: { 'zh-CN': '浏览器', en: 'browser' } },
    },
    impersonal: { [random]: ['token'] },
  },
  {
    table: 'one_time_token',
    key: ['id'],
    kept: { rule: 'days', days: 1, after: 'expires_at' },
    personal: {},
    impersonal: { [random]: ['identifier'], 'the id of an account or an invitation': ['value'] },
  },
  { table: 'staff_role', key: ['person_id', 'role'], kept: account, personal: {}, impersonal: { [code]: ['role'] } },
  {
    table: 'sign_in_throttle',
    key: ['key'],
    kept: { rule: 'by-job', days: 1, job: 'accounts.clear-old-attempts' },
    personal: {},
    impersonal: { 'a keyed hash of address and account, which nobody can look up': ['key'] },
  },
  {
    table: 'authenticator',
    key: ['person_id'],
    about: { 'zh-CN': '身份验证器', en: 'Authenticator app' },
    why: signingIn,
    kept: account,
    personal: { secret: { protection: 'sealed', what: { 'zh-CN': '共享密钥', en: 'shared secret' } } },
    impersonal: {},
  },
  {
    table: 'recovery_code',
    key: ['person_id', 'hash'],
    about: { 'zh-CN': '恢复码', en: 'Recovery codes' },
    why: signingIn,
    kept: account,
    personal: { hash: { protection: 'hash', what: { 'zh-CN': '恢复码（散列）', en: 'codes, as hashes' } } },
    impersonal: {},
  },
  {
    table: 'passkey',
    key: ['id'],
    about: { 'zh-CN': '通行密钥', en: 'Passkeys' },
    why: signingIn,
    kept: account,
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '名称', en: 'name its owner gave it' } },
      credential_id: { protection: 'plain', what: { 'zh-CN': '密钥编号', en: 'id the device gave it' } },
      public_key: { protection: 'plain', what: { 'zh-CN': '公钥', en: 'public key' } },
    },
    impersonal: { [code]: ['transports'] },
  },
  {
    table: 'confirmed_phone',
    key: ['person_id'],
    about: { 'zh-CN': '已验证的手机号', en: 'Confirmed phone numbers' },
    why: signingIn,
    kept: account,
    personal: { phone_digest: { protection: 'digest', what: { 'zh-CN': '电话', en: 'phone number' } } },
    impersonal: {},
  },
  {
    table: 'phone_code',
    key: ['id'],
    about: { 'zh-CN': '短信验证码', en: 'Codes by text message' },
    why: { 'zh-CN': '核对验证码并限制发送数量', en: 'To check a code, and to send no more than is right' },
    kept: { rule: 'by-job', days: 1, job: 'accounts.clear-old-codes' },
    personal: { phone_digest: { protection: 'digest', what: { 'zh-CN': '电话', en: 'phone number' } } },
    impersonal: {
      [code]: ['purpose'],
      [random]: ['token_hash'],
      'a keyed hash of an address or a code, which nobody can look up': ['address_hash', 'code_hash'],
    },
  },
  {
    table: 'api_key',
    key: ['id'],
    about: { 'zh-CN': 'API 密钥', en: 'API keys' },
    why: { 'zh-CN': '让您的程序以您的名义调用 API', en: 'So that programs of yours can call the API in your name' },
    kept: { rule: 'days', days: 30, after: 'expires_at' },
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '名称', en: 'name its owner gave it' } },
      used_from: { protection: 'sealed', what: { 'zh-CN': '上次使用的 IP 地址', en: 'network address of the last use' } },
    },
    impersonal: { [random]: ['prefix', 'digest'], [code]: ['scopes'] },
  },
  {
    table: 'confirmation',
    key: ['id'],
    about: { 'zh-CN': '重要操作的确认', en: 'Confirmations of weighty acts' },
    why: {
      'zh-CN': '确认由本人操作，必要时由第二人批准',
      en: 'To know that it is you, and to have a second person agree where it weighs much',
    },
    kept: { rule: 'days', days: 30, after: 'created_at' },
    personal: {
      words: { protection: 'sealed', what: { 'zh-CN': '操作与理由', en: 'what will be done, and why' }, reseal: false },
    },
    impersonal: {
      [code]: ['operation', 'method', 'status', 'second_permission'],
      [random]: ['token_hash'],
      'ids of the portal': ['session_id', 'target'],
      'a keyed hash of the request, which nobody can look up': ['request_hash'],
    },
  },
  {
    table: 'known_device',
    key: ['person_id', 'token_hash'],
    about: { 'zh-CN': '用过的浏览器', en: 'Browsers that are known' },
    why: signingIn,
    kept: { rule: 'by-job', days: 180, job: 'accounts.clear-old-devices' },
    personal: { token_hash: { protection: 'hash', what: { 'zh-CN': 'Cookie 的散列', en: 'hash of a cookie' } } },
    impersonal: {},
  },
]

export const personal: PersonalData = {
  tables,

  async collect(platform, subject) {
    const { accountId, emailDigest } = subject
    return [
      ...(await accountOf(platform, accountId)),
      ...(await invitationsTo(platform, emailDigest)),
      ...(await collectContacts(platform, subject)),
    ]
  },

  /** The account goes, with its sessions, keys and ways of signing in; a company of one goes with it, a firm stays. */
  async erase(platform, subject) {
    const { accountId, emailDigest, phoneDigest } = subject
    const db = platform.database.db<AccountTables>()
    await eraseContacts(platform, subject)
    if (emailDigest) await db.deleteFrom('company_invitation').where('email_digest', '=', emailDigest).execute()
    if (phoneDigest) await db.deleteFrom('phone_code').where('phone_digest', '=', phoneDigest).execute()
    if (!accountId) return
    await revokeAllApiKeys(platform, accountId)
    await revokeTokens(platform, accountId)
    await db
      .deleteFrom('company')
      .where('sole', '=', true)
      .where('id', 'in', query => query.selectFrom('company_member').select('company_id').where('person_id', '=', accountId))
      .execute()
    await db.deleteFrom('person').where('id', '=', accountId).where('kind', '=', 'customer').execute()
  },
}

async function accountOf({ database, vault }: Platform, accountId: string | null): Promise<Collected[]> {
  if (!accountId) return []
  const db = database.db<AccountTables>()
  const row = await db
    .selectFrom('person')
    .leftJoin('confirmed_phone', 'confirmed_phone.person_id', 'person.id')
    .select(['name', 'email', 'phone', 'confirmed_at as phone_confirmed_at', 'language', 'kind', 'created_at'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!row) return []
  const companies = await db
    .selectFrom('company_member')
    .innerJoin('company', 'company.id', 'company_member.company_id')
    .select(['company.name', 'company_member.role', 'company_member.created_at as since'])
    .where('person_id', '=', accountId)
    .execute()
  const keys = await db
    .selectFrom('api_key')
    .select(['name', 'prefix', 'created_at', 'expires_at', 'used_at', 'used_from'])
    .where('person_id', '=', accountId)
    .execute()
  return [
    { about: { 'zh-CN': '账户', en: 'Account' }, rows: [await openFields(vault, 'person', row, ['email', 'phone'])] },
    { about: { 'zh-CN': '公司', en: 'Company' }, rows: companies },
    {
      about: { 'zh-CN': 'API 密钥', en: 'API keys' },
      rows: await Promise.all(keys.map(key => openFields(vault, 'api_key', key, ['used_from']))),
    },
  ]
}

/** Who invited him where; he need not have an account. */
async function invitationsTo({ database }: Platform, emailDigest: string | null): Promise<Collected[]> {
  if (!emailDigest) return []
  const rows = await database
    .db<AccountTables>()
    .selectFrom('company_invitation as i')
    .innerJoin('company', 'company.id', 'i.company_id')
    .select(['company.name as company', 'i.name', 'i.role', 'i.language', 'i.created_at', 'i.expires_at'])
    .where('email_digest', '=', emailDigest)
    .execute()
  return [{ about: { 'zh-CN': '同事邀请', en: 'Invitations' }, rows }]
}
