import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A message the carrier has taken. */
export interface TakenSms {
  /** as the API takes it: without +86, other countries' without + */
  number: string
  sign: string
  template: string
  params: Record<string, string>
  outId: string
}

/** What the server does with a call that is signed well; default: takes the message. */
export type Behaviour =
  | { kind: 'take' }
  /** HTTP 200 unless given */
  | { kind: 'code'; code: string; status?: number }
  /** a page of a proxy */
  | { kind: 'page'; status: number }
  /** takes the message and never answers */
  | { kind: 'silent' }
  /** takes the message and hangs up */
  | { kind: 'hang-up' }

export interface SmsServer {
  /** for SMS_URL */
  url: string
  taken: TakenSms[]
  /** calls, those refused for their signature too */
  calls: number
  /** for the calls that follow, in their order; after the last the messages are taken */
  next: Behaviour[]
  /** ms by which the server's clock is ahead */
  skew: number
  close(): Promise<void>
}

const keyId = 'LTAItestKeyOfNobody'
const secret = 'a secret/with+signs='

/**
 * Alibaba Cloud SMS as far as the portal speaks to it: looks at the signature (ACS3-HMAC-SHA256) by its own reading of the
 * documentation, at the time of the call and at its nonce, then does as it is told.
 * abroad: has a template for international messages
 */
export async function startSmsServer({ abroad = false } = {}): Promise<SmsServer> {
  const nonces = new Set<string>()
  const server = createServer((request, response) => {
    state.calls++
    const refusal = refusalOf(request, nonces, Date.now() + state.skew)
    if (refusal) return answer(response, state.skew, refusal.status, refusal.code)
    const behaviour = state.next.shift() ?? { kind: 'take' }
    if (behaviour.kind === 'code') return answer(response, state.skew, behaviour.status ?? 200, behaviour.code)
    if (behaviour.kind === 'page') {
      response.writeHead(behaviour.status, { 'content-type': 'text/html' })
      return void response.end('<h1>Bad gateway</h1>')
    }
    const query = new URL(request.url!, 'http://host').searchParams
    state.taken.push({
      number: query.get('PhoneNumbers')!,
      sign: query.get('SignName')!,
      template: query.get('TemplateCode')!,
      params: JSON.parse(query.get('TemplateParam')!) as Record<string, string>,
      outId: query.get('OutId')!,
    })
    if (behaviour.kind === 'take') return answer(response, state.skew, 200, 'OK')
    if (behaviour.kind === 'hang-up') request.socket.destroy()
  })
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  const query = new URLSearchParams({ sign: '智造先锋', codeTemplate: 'SMS_100000001', tls: 'false' })
  if (abroad) query.set('codeTemplateAbroad', 'SMS_200000002')
  const state: SmsServer = {
    url: `aliyun://${keyId}:${encodeURIComponent(secret)}@127.0.0.1:${port}?${query}`,
    taken: [],
    calls: 0,
    next: [],
    skew: 0,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return state
}

function answer(response: ServerResponse, skew: number, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/json', date: new Date(Date.now() + skew).toUTCString() })
  const body = { RequestId: 'F655A8D5-B967-440B-8683-DAD6FF8DE990', Message: code, Code: code }
  response.end(JSON.stringify(code === 'OK' ? { ...body, BizId: '900619746936498440^0' } : body))
}

const demanded = ['host', 'x-acs-action', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-version']

function refusalOf(request: IncomingMessage, nonces: Set<string>, now: number): { status: number; code: string } | null {
  const header = (name: string) => String(request.headers[name] ?? '').trim()
  const parts = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    header('authorization'),
  )
  if (!parts) return { status: 400, code: 'IncompleteSignature' }
  const [, credential, names, signature] = parts as unknown as [string, string, string, string]
  if (credential !== keyId) return { status: 404, code: 'InvalidAccessKeyId.NotFound' }
  const list = names.split(';')
  if (demanded.some(name => !list.includes(name)) || list.join() !== list.toSorted().join())
    return { status: 400, code: 'IncompleteSignature' }
  if (Math.abs(Date.parse(header('x-acs-date')) - now) > 15 * 60_000) return { status: 400, code: 'InvalidTimeStamp.Expired' }
  const hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
  const [path, rawQuery = ''] = request.url!.split('?')
  const canonical = [
    request.method,
    path,
    rawQuery
      .split('&')
      .map(pair => pair.split('=').map(one => percent(decodeURIComponent(one))))
      .sort((a, b) => Buffer.compare(Buffer.from(a[0]!), Buffer.from(b[0]!)))
      .map(pair => pair.join('='))
      .join('&'),
    ...list.map(name => `${name}:${header(name)}`),
    '',
    names,
    hex(''),
  ].join('\n')
  const wanted = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${hex(canonical)}`)
    .digest()
  if (!timingSafeEqual(wanted, Buffer.from(signature, 'hex'))) return { status: 400, code: 'SignatureDoesNotMatch' }
  if (nonces.has(header('x-acs-signature-nonce'))) return { status: 400, code: 'SignatureNonceUsed' }
  nonces.add(header('x-acs-signature-nonce'))
  if (header('x-acs-action') !== 'SendSms' || header('x-acs-version') !== '2017-05-25')
    return { status: 404, code: 'InvalidAction.NotFound' }
  return null
}

/** Byte by byte: what is not unreserved (RFC 3986) becomes %XX. */
const percent = (text: string): string =>
  [...Buffer.from(text)]
    .map(byte =>
      /[A-Za-z0-9\-_.~]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
