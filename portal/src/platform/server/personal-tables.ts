import type { ServerFeature } from './feature.ts'
import type { PersonalTable } from './personal.ts'

/** Every declared table: the platform's own and the features'. */
export const personalTables = (features: readonly ServerFeature[]): PersonalTable[] => [
  ...platformTables,
  ...features.flatMap(feature => feature.personal?.tables ?? []),
]

const id = 'an id of the portal'
const code = 'a word from a fixed list, or a name in the code'
/** about a machine as a rule; but whoever types is free to name somebody */
const reason = { protection: 'sealed', what: { 'zh-CN': '搁置的理由', en: 'why an operator set it aside' } } as const
const setAside = {
  about: { 'zh-CN': '搁置的故障事项', en: 'Failures that were set aside' },
  why: { 'zh-CN': '让同事知道为何不再处理', en: 'So that colleagues see why nothing more is done' },
} as const
const facts = 'ids and plain facts only'
const keys = 'a key, wrapped by a key that is not in the database'

/** Tables of the platform. */
export const platformTables: readonly PersonalTable[] = [
  {
    table: 'caught_mail',
    key: ['id'],
    about: { 'zh-CN': '未发出的邮件', en: 'Mails that could not be delivered' },
    why: { 'zh-CN': '使被拒收的邮件不致丢失', en: 'So that no refused mail goes unseen' },
    kept: { rule: 'days', days: 30, after: 'at' },
    personal: {
      content: {
        protection: 'sealed',
        what: { 'zh-CN': '收件人、主题、正文和附件', en: 'recipient, subject, text, attachments' },
      },
      recipient_digest: { protection: 'digest', what: { 'zh-CN': '收件邮箱', en: 'recipient' } },
      set_aside_reason: reason,
    },
    impersonal: { [id]: ['message_id', 'set_aside_by'] },
  },
  {
    table: 'mail_server',
    key: ['only_one'],
    kept: { rule: 'with', owner: 'portal' },
    // of nobody, but whoever has them may send mail in the manufacturer's name
    personal: {
      login: { protection: 'sealed', what: { 'zh-CN': '邮件服务器的用户名', en: 'user of the mail server' } },
      password: { protection: 'sealed', what: { 'zh-CN': '邮件服务器的密码', en: 'password of the mail server' } },
    },
    impersonal: {
      [code]: ['security'],
      'where the mail server of the manufacturer is': ['host'],
      'from whom mails of the portal come, as every one of them says': ['sender_name', 'sender_address', 'reply_to'],
    },
  },
  {
    table: 'sms',
    key: ['id'],
    about: { 'zh-CN': '短信', en: 'Text messages' },
    why: { 'zh-CN': '同一短信最多发送一次，未发出的可查原因', en: 'So that none is sent twice, and to see why one was not sent' },
    kept: { rule: 'days', days: 30, after: 'at' },
    personal: {
      content: { protection: 'sealed', what: { 'zh-CN': '未发出短信的号码', en: 'number of one that was not sent' } },
      recipient_digest: { protection: 'digest', what: { 'zh-CN': '号码', en: 'number' } },
    },
    impersonal: { [code]: ['state', 'why', 'code'] },
  },
  {
    table: 'idempotency_key',
    key: ['scope', 'key'],
    about: { 'zh-CN': '重复请求的答复', en: 'Answers to requests that may be repeated' },
    why: { 'zh-CN': '网络中断后重发的请求只执行一次', en: 'So that a request repeated after a broken connection is done once' },
    kept: { rule: 'days', days: 1, after: 'created_at' },
    personal: { body: { protection: 'sealed', what: { 'zh-CN': '答复的内容', en: 'what was answered' }, reseal: false } },
    impersonal: {
      [id]: ['scope'],
      'random, made by the sender': ['key'],
      'a keyed hash of the request, which nobody can look up': ['request_hash'],
      'a version number': ['etag'],
    },
  },
  {
    table: 'job.job',
    key: ['name', 'id'],
    about: { 'zh-CN': '待办任务', en: 'Work that waits' },
    why: { 'zh-CN': '发送邮件等后台工作', en: 'Mails to be sent, and other work behind the scenes' },
    kept: { rule: 'by-job', days: 14, job: 'the job library' },
    personal: { data: { protection: 'sealed', what: { 'zh-CN': '任务内容', en: 'what is to be done' }, reseal: false } },
    impersonal: {
      [code]: ['name', 'state', 'policy', 'dead_letter'],
      [facts]: ['singleton_key', 'group_id', 'group_tier', 'source_name', 'source_id'],
      'the kind of a failure, without the values it met (safe-error.ts)': ['output'],
    },
  },
  {
    table: 'audit_entry',
    key: ['position'],
    about: { 'zh-CN': '操作记录', en: 'The log of who did what' },
    why: { 'zh-CN': '查明并证明谁做了什么', en: 'To find out and to prove who did what' },
    kept: { rule: 'always' },
    personal: {
      personal: {
        protection: 'plain', // each value in it is sealed under the key of its subject
        what: {
          'zh-CN': '地址、理由、变更的个人数据（各以本人密钥加密）',
          en: 'address, reason and changed personal values, each under a key of the person',
        },
      },
    },
    impersonal: {
      [code]: ['actor_kind', 'action', 'target_kind', 'outcome'],
      [id]: ['target_id', 'request_id'],
      [facts]: ['changes'],
      'a keyed hash over the entry and the one before': ['hash'],
    },
  },
  {
    table: 'stored_file',
    key: ['id'],
    about: { 'zh-CN': '上传的文件', en: 'Uploaded files' },
    why: { 'zh-CN': '与询价一同查看', en: 'To be read with the inquiry' },
    kept: { rule: 'with', owner: 'contact' },
    personal: { name: { protection: 'sealed', what: { 'zh-CN': '文件名', en: 'file name' } } },
    impersonal: {
      [code]: ['purpose', 'kind', 'state'],
      'a hash of the file, or of something random': ['sha256', 'token_hash'],
      'a keyed hash of address or account, which nobody can look up': ['uploader'],
      'the name of a virus': ['finding'],
    },
  },
  {
    table: 'job_set_aside',
    key: ['job_id'],
    ...setAside,
    kept: { rule: 'with', owner: 'portal' },
    personal: { reason },
    impersonal: { [id]: ['by'] },
  },
  {
    table: 'attack_mode',
    key: ['single'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [id]: ['by_account'], [code]: ['mode', 'why'] },
  },
  {
    table: 'offered_languages',
    key: ['only_one'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['languages'] },
  },
  {
    table: 'rate_limit',
    key: ['key'],
    kept: { rule: 'by-job', days: 1, job: 'the next visitor' },
    personal: {},
    impersonal: { 'a keyed hash of address or account, which nobody can look up': ['key'] },
  },
  {
    table: 'portal_process',
    key: ['id'],
    kept: { rule: 'by-job', days: 1, job: 'the processes that live' },
    personal: {},
    impersonal: {},
  },
  ...jobLibrary({
    'job.bam': ['command', 'error', 'name', 'queue', 'status', 'table_name'],
    'job.job_dependency': ['child_name', 'parent_name'],
    'job.queue': ['dead_letter', 'name', 'policy', 'ready_history', 'singletons_active', 'table_name'],
    'job.queue_stats': ['name'],
    'job.schedule': ['cron', 'data', 'key', 'kind', 'name', 'options', 'timezone'],
    'job.subscription': ['event', 'name'],
    'job.warning': ['data', 'message', 'type'],
  }),
  { table: 'audit_head', key: ['only_one'], kept: { rule: 'always' }, personal: {}, impersonal: { 'a keyed hash': ['hash'] } },
  {
    table: 'event',
    key: ['id'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['name'], [facts]: ['data'], 'a random id of a trace': ['trace'] },
  },
  {
    table: 'event_listener',
    key: ['name'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['name'], 'the kind of a failure, without the values it met (safe-error.ts)': ['last_error'] },
  },
  {
    table: 'event_parked',
    key: ['listener', 'event_id'],
    ...setAside,
    kept: { rule: 'with', owner: 'portal' },
    personal: { set_aside_reason: reason },
    impersonal: {
      [code]: ['listener'],
      'the kind of a failure, without the values it met (safe-error.ts)': ['error'],
      [id]: ['set_aside_by'],
    },
  },
  { table: 'warehouse_cursor', key: ['filling'], kept: { rule: 'always' }, personal: {}, impersonal: {} },
  {
    table: 'data_key',
    key: ['number'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['purpose'], [keys]: ['wrapped'] },
  },
  { table: 'subject_key', key: ['subject_id'], kept: { rule: 'always' }, personal: {}, impersonal: { [keys]: ['wrapped'] } },
  { table: 'installation', key: ['one'], kept: { rule: 'always' }, personal: {}, impersonal: { [code]: ['mode'] } },
  {
    table: 'sealed_column',
    key: ['table_name', 'column_name'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['table_name', 'column_name'] },
  },
  {
    table: 'migration',
    key: ['name'],
    kept: { rule: 'always' },
    personal: {},
    impersonal: { [code]: ['name', 'survived_since'], 'a hash of a file of the portal': ['checksum'] },
  },
]

/** Its other tables hold names of queues, their sizes and times. */
function jobLibrary(tables: Record<string, string[]>): PersonalTable[] {
  const bookkeeping = (columns: string[]) => ({ 'names and numbers of queues: the bookkeeping of the job library': columns })
  return Object.entries(tables).map(([table, columns]) => ({
    table,
    key: [],
    kept: { rule: 'always' },
    personal: {},
    impersonal: bookkeeping(columns),
  }))
}
