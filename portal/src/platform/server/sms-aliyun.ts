import { signAcs3 } from './acs3-signature.ts'
import { newId } from './ids.ts'
import type { CarriedSms, SmsAnswer, SmsCarrier, SmsRefusal, SmsTemplate } from './sms-carrier.ts'

interface AliyunSms {
  /** where the API is called */
  endpoint: URL
  keyId: string
  secret: string
  /** the signature that stands before every message: 【智造先锋】 */
  sign: string
  templates: AliyunTemplates
  /** of messages to numbers outside of mainland China; null: the same */
  templatesAbroad: AliyunTemplates | null
}

/** Their codes. null: none is agreed */
type AliyunTemplates = Readonly<Record<SmsTemplate, string | null> & { code: string }>

/**
 * `aliyun://keyId:secret@dysmsapi.aliyuncs.com?sign=…&codeTemplate=SMS_…&codeTemplateAbroad=SMS_…&noticeTemplate=SMS_…&noticeTemplateAbroad=SMS_…`;
 * `tls=false` for a server in a test. Throws an Error that ends the sentence "SMS_URL …" where something is missing.
 */
export function readAliyunAddress(text: string): AliyunSms {
  const url = new URL(text)
  const query = url.searchParams
  const unknown = [...query.keys()].find(name => !parameters.includes(name))
  if (unknown) throw new Error(`has the unknown parameter "${unknown}"`)
  if (!url.username || !url.password) throw new Error('has no access key and secret before the host')
  const [sign, code, abroad] = [query.get('sign'), query.get('codeTemplate'), query.get('codeTemplateAbroad')]
  if (!sign) throw new Error('has no parameter sign')
  if (!code) throw new Error('has no parameter codeTemplate')
  return {
    endpoint: new URL(`${query.get('tls') === 'false' ? 'http' : 'https'}://${url.host}/`),
    keyId: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
    sign,
    templates: { code, notice: query.get('noticeTemplate') },
    templatesAbroad: abroad === null ? null : { code: abroad, notice: query.get('noticeTemplateAbroad') },
  }
}

const parameters = ['sign', 'codeTemplate', 'codeTemplateAbroad', 'noticeTemplate', 'noticeTemplateAbroad', 'tls']

/**
 * Alibaba Cloud SMS (Dysmsapi 2017-05-25, SendSms). The API knows no key under which a call made twice counts once; a nonce is
 * refused the second time, so nothing repeats a call by accident, and the caller repeats none whose answer did not come.
 * Source: https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms
 * timeout: ms from the call to its answer
 */
export function aliyunSms(address: string, timeout = 10_000): SmsCarrier {
  const settings = readAliyunAddress(address)
  /** ms by which the carrier's clock is ahead of ours */
  let skew = 0
  return {
    async send(message) {
      const answer = await call(settings, message, skew, timeout)
      if (answer.clock === null) return answer.says
      // nothing was sent: the call was signed at another time than the carrier's, whose clock we have now
      skew = answer.clock - Date.now()
      return (await call(settings, message, skew, timeout)).says
    },
  }
}

interface Called {
  says: SmsAnswer
  /** the carrier's time where ours was too far from it; null: it was not */
  clock: number | null
}

async function call(settings: AliyunSms, message: CarriedSms, skew: number, timeout: number): Promise<Called> {
  const { endpoint, sign, templates, templatesAbroad } = settings
  const mainland = message.to.startsWith('+86')
  const template = ((!mainland && templatesAbroad) || templates)[message.template]
  if (template === null)
    return { says: { result: 'refused', why: 'settings', code: `no ${message.template}Template` }, clock: null }
  const { query, headers } = signAcs3(
    {
      host: endpoint.host,
      action: 'SendSms',
      version: '2017-05-25',
      query: {
        PhoneNumbers: message.to.slice(mainland ? 3 : 1),
        SignName: sign,
        TemplateCode: template,
        TemplateParam: JSON.stringify(message.params),
        OutId: message.id,
      },
      at: new Date(Date.now() + skew),
      nonce: newId(),
    },
    settings,
  )
  const { host: _, ...sent } = headers // fetch sets it
  try {
    const answer = await fetch(new URL(`/?${query}`, endpoint), {
      method: 'POST',
      headers: { ...sent, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    const code = codeIn(await answer.text())
    const clock = Date.parse(answer.headers.get('date') ?? '')
    const late = (code ?? '').startsWith('InvalidTimeStamp') && Number.isFinite(clock)
    return { says: readAnswer(answer.status, code), clock: late ? clock : null }
  } catch (error) {
    return { says: readFailure(error as Error), clock: null }
  }
}

/** Null where the answer is not one of the API's. */
function codeIn(text: string): string | null {
  try {
    const { Code } = JSON.parse(text) as { Code?: unknown }
    return typeof Code === 'string' && /^[\w.-]{1,80}$/.test(Code) ? Code : null
  } catch {
    return null
  }
}

function readAnswer(status: number, code: string | null): SmsAnswer {
  if (code === 'OK' && status === 200) return { result: 'sent' }
  if (code === 'SignatureNonceUsed') return { result: 'unknown', code } // somebody on the way has sent it twice
  if (code === null) return { result: 'unknown', code: `HTTP ${status}` } // a proxy's page, or half an answer
  if (again.test(code)) return { result: 'not-sent', code }
  const why = refusals.find(([pattern]) => pattern.test(code))?.[1]
  if (why) return { result: 'refused', why, code }
  return status >= 500 ? { result: 'unknown', code } : { result: 'refused', why: 'other', code }
}

/** Codes by which the API says that it did nothing, and that the call may be made again. */
const again = /^(Throttling|ServiceUnavailable|InvalidTimeStamp|isp\.(SYSTEM_ERROR|GATEWAY_ERROR)$)/

/** What a code means for who waits for the message. Source: https://help.aliyun.com/document_detail/101346.html */
const refusals: readonly [RegExp, SmsRefusal][] = [
  [/^isv\.(MOBILE_NUMBER_ILLEGAL|DOMESTIC_NUMBER_NOT_SUPPORTED|INTERNATIONAL_NUMBER_NOT_SUPPORTED)$/, 'number'],
  [/^isv\.(BLACK_KEY_CONTROL_LIMIT|BLACKLIST|DENY_IP_RANGE)/, 'blocked'],
  [/LIMIT_CONTROL$|^isv\.(BUSINESS_LIMIT|DAY_LIMIT|MONTH_LIMIT)/, 'limit'],
  [/^isv\.(AMOUNT_NOT_ENOUGH|OUT_OF_SERVICE|ACCOUNT_ABNORMAL)$/, 'balance'],
  [
    /^(isv\.(SMS_|TEMPLATE|SIGN|PRODUCT_UN|ACCOUNT_NOT)|isp\.RAM|InvalidAccessKey|SignatureDoesNotMatch|Forbidden|NoPermission)/,
    'settings',
  ],
]

/** Whether anything can have reached the carrier. */
function readFailure(error: Error): SmsAnswer {
  const cause = (error.cause ?? error) as { code?: unknown; name?: string }
  const code = typeof cause.code === 'string' ? cause.code : (cause.name ?? 'unknown')
  return { result: neverSent.test(code) ? 'not-sent' : 'unknown', code }
}

const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/
