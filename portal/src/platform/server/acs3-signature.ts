import { createHash } from 'node:crypto'
import { keyedHash } from './cipher.ts'

/** A call of an Alibaba Cloud API by POST, its parameters in the address. */
export interface AcsCall {
  host: string
  /** 'SendSms' */
  action: string
  /** of the API: '2017-05-25' */
  version: string
  query: Readonly<Record<string, string>>
  at: Date
  /** not used before: a call that is sent twice is refused */
  nonce: string
}

interface SignedCall {
  /** of the address, without '?' */
  query: string
  /** names in lower case, host among them */
  headers: Record<string, string>
}

/**
 * Query and headers of a signed call (ACS3-HMAC-SHA256).
 * Source: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAcs3(call: AcsCall, { keyId, secret }: { keyId: string; secret: string }): SignedCall {
  const query = canonicalQuery(call.query)
  const signed: [string, string][] = [
    ['host', call.host],
    ['x-acs-action', call.action],
    ['x-acs-content-sha256', sha256('')],
    ['x-acs-date', call.at.toISOString().replace(/\.\d+Z$/, 'Z')],
    ['x-acs-signature-nonce', call.nonce],
    ['x-acs-version', call.version],
  ]
  const names = signed.map(([name]) => name).join(';')
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join('')
  const request = ['POST', '/', query, lines, names, sha256('')].join('\n')
  const signature = keyedHash(secret, `ACS3-HMAC-SHA256\n${sha256(request)}`).toString('hex')
  return {
    query,
    headers: {
      ...Object.fromEntries(signed),
      authorization: `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names},Signature=${signature}`,
    },
  }
}

const canonicalQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')

/** RFC 3986: encodeURIComponent leaves five characters more as they are. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
