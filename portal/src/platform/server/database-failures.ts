import { type Failure, invalid } from './errors.ts'
import { platformFailure } from './http-failures.ts'

/** What went wrong in the database, said to whoever sent the request; null where it is not the database's doing. */
export function fromDatabase(thrown: unknown): Failure | null {
  if (thrown instanceof OutcomeUnknown) return platformFailure('outcome-unknown')
  if (isDatabaseAway(thrown)) return platformFailure('unavailable')
  const code = codeOf(thrown)
  if (code === null) return null
  if (refusedValues.has(code)) return badValue()
  if (fullDisk.has(code)) return platformFailure('storage-full')
  if (code === readOnly) return platformFailure('read-only')
  if (inTheWay.has(code)) return platformFailure('overloaded')
  if (code === tookTooLong) return platformFailure('unavailable', tooSlow)
  return null
}

/** The connection broke while the database was asked to commit: the rows may be there or not. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection to the database was lost during the commit', { cause })
    this.name = 'OutcomeUnknown'
  }
}

/** Whether the database cannot be reached, or ended the connection: nothing is wrong with what was asked. */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  const code = codeOf(thrown)
  if (code !== null && away.has(code)) return true
  return awayWords.test(thrown.message) || isDatabaseAway(thrown.cause)
}

const codeOf = (thrown: unknown): string | null => {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

// SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html
const away = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '57P05', '53300'],
])
// The client library gives its own errors no code.
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed))/
const fullDisk = new Set(['53100', '53400', 'ENOSPC', 'EDQUOT'])
const readOnly = '25006'
const tookTooLong = '57014'
/** no lock in time, a deadlock, a transaction left idle: others were in the way, and another try may go through */
const inTheWay = new Set(['55P03', '40P01', '25P03'])
// What PostgreSQL refuses in a value is the sender's to correct; the schema should have said so first, hence the warning in the log.
const refusedValues = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05', '22001'])

const badValue = () =>
  invalid([
    {
      field: '',
      message: { 'zh-CN': '某个值超出允许范围或格式不正确。', en: 'A value is out of range or not in the expected format.' },
      remedy: { 'zh-CN': '请检查数值和日期。', en: 'Check the numbers and dates.' },
    },
  ])

const tooSlow = {
  'zh-CN': '数据库处理此请求的时间过长，已停止。没有保存任何内容，请稍后重试。',
  en: 'The database took too long over this and was stopped. Nothing was saved. Try again shortly.',
}
