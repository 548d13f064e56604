import { lookup as systemLookup } from 'node:dns/promises'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Config } from './config.ts'

export interface OutgoingRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** ms from the call to the last byte of the answer. Default 10,000 */
  withinMs?: number
  /** bytes of the answer. Default 1,000,000 */
  mostBytes?: number
}

export interface OutgoingAnswer {
  status: number
  /** names in lower case */
  headers: Record<string, string>
  body: Buffer
  /** where the answer came from after redirects */
  url: string
}

/** Why an address somebody typed is not called, or its answer not taken. The message is for the person who typed it. */
export class OutgoingRefused extends Error {
  readonly reason: 'address' | 'private' | 'redirect' | 'too-large' | 'too-late'
  constructor(reason: OutgoingRefused['reason'], message: string) {
    super(message)
    this.name = 'OutgoingRefused'
    this.reason = reason
  }
}

/** Calls an address. Throws OutgoingRefused, or the network's own error. */
export type Outgoing = (url: string, request?: OutgoingRequest) => Promise<OutgoingAnswer>

interface OutgoingOptions {
  /** this machine and private networks may be called, and by http */
  allowPrivate: boolean
  /** origins called by http all the same, since their service has no https */
  plain?: readonly string[]
  /** all addresses of a host name */
  resolve?: (host: string) => Promise<{ address: string; family: number }[]>
  /** whether an address is not called. Default: isPrivate, unless private ones may be called */
  forbids?: (address: string) => boolean
}

/** A customer (his company) is never let into the network in which the portal stands, whatever its operator allows himself (null); a demo is nobody's network. */
export const mayCallPrivate = (config: Pick<Config, 'mode' | 'outgoingPrivate'>, companyId: string | null): boolean =>
  config.outgoingPrivate && (companyId === null || config.mode === 'demo')

const mostRedirects = 3

/**
 * The one way to an address that somebody typed: webhooks, imports, sign-in providers. Without it the portal could be made to call what
 * only it can reach: databases, metadata services of clouds, printers (server-side request forgery, CWE-918). The name is resolved
 * once, every address it has is looked at, and the connection goes to the very address that was looked at, so a name that changes its
 * mind (DNS rebinding) gains nothing. Redirects are looked at alike, and only followed by GET.
 */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const { allowPrivate, plain = [], resolve = resolveAll, forbids = allowPrivate ? () => false : isPrivate } = options
  return async (url, request = {}) => {
    const { withinMs = 10_000 } = request
    const late = AbortSignal.timeout(withinMs)
    let target = url
    let headers = request.headers ?? {}
    for (let hop = 0; ; hop++) {
      const at = readAddress(target, allowPrivate, plain)
      const answer = await callOnce(at, { ...request, headers }, await pin(at, forbids, resolve), late).catch(error => {
        throw late.aborted ? new OutgoingRefused('too-late', `${at.host} did not answer within ${withinMs / 1000} s.`) : error
      })
      const next = answer.headers.location
      if (![301, 302, 303, 307, 308].includes(answer.status) || !next) return { ...answer, url: target }
      if ((request.method ?? 'GET') !== 'GET' || hop >= mostRedirects || !URL.canParse(next, at)) {
        throw new OutgoingRefused('redirect', `${at.host} sends the call elsewhere. Enter the final address.`)
      }
      target = new URL(next, at).href
      if (new URL(target).origin !== at.origin) headers = withoutSecrets(headers)
    }
  }
}

function readAddress(text: string, allowPrivate: boolean, plain: readonly string[]): URL {
  if (!URL.canParse(text)) throw new OutgoingRefused('address', 'This is not an address such as https://example.com/path.')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowPrivate || plain.includes(url.origin)))) {
    throw new OutgoingRefused('address', `The address begins with ${url.protocol}// and has to begin with https://.`)
  }
  if (url.username || url.password) throw new OutgoingRefused('address', 'The address holds a name or password. Leave them out.')
  return url
}

const pin = (url: URL, forbids: (address: string) => boolean, resolve: NonNullable<OutgoingOptions['resolve']>) =>
  pinHost(url.hostname.replace(/^\[|\]$/g, ''), forbids, resolve)

/** The address to connect to. Of several all must be fit, for any could be tried. Throws OutgoingRefused, or the network's own error. */
export async function pinHost(
  host: string,
  forbids: (address: string) => boolean,
  resolve: NonNullable<OutgoingOptions['resolve']> = resolveAll,
): Promise<{ address: string; family: number }> {
  const family = isIP(host)
  const addresses = family ? [{ address: host, family }] : await resolve(host)
  const [first] = addresses
  if (!first) throw new OutgoingRefused('address', `${host} has no address.`)
  if (addresses.some(({ address }) => forbids(address))) {
    throw new OutgoingRefused('private', `${host} is in a private network, which this portal does not call.`)
  }
  return first
}

function callOnce(
  url: URL,
  { method = 'GET', headers = {}, body, mostBytes = 1_000_000 }: OutgoingRequest,
  pinned: { address: string; family: number },
  signal: AbortSignal,
): Promise<Omit<OutgoingAnswer, 'url'>> {
  const toPinned = ((_host, options, done) =>
    options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family)) as LookupFunction
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const call = send(url, { method, headers, lookup: toPinned, signal, agent: false, maxHeaderSize: 16 * 1024 }, answer => {
      const chunks: Buffer[] = []
      let length = 0
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > mostBytes)
          call.destroy(new OutgoingRefused('too-large', `${url.host} answers more than ${mostBytes} bytes.`))
        else chunks.push(chunk)
      })
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(answer.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
          ),
          body: Buffer.concat(chunks),
        }),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

const resolveAll = (host: string) => systemLookup(host, { all: true })

const withoutSecrets = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(authorization|cookie$|x-)/i.test(name)))

/** Whether an address is of this machine, or of a network as houses have them (RFC 1918, RFC 4193): where their own servers stand. */
export const isHouse = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && (family === 6 ? house6.check(address, 'ipv6') : house4.check(address, 'ipv4'))
}

/** Whether an address is of this machine, a private or shared network, or no single host's at all (IANA special-purpose registries). */
export function isPrivate(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  return family === 6 ? special6.check(address, 'ipv6') : special4.check(address, 'ipv4')
}

// Two lists: in one, the networks in which IPv6 carries IPv4 would hold every IPv4 address.
const special4 = new BlockList()
const special6 = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, and where clouds keep the keys of their machines
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  special4.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 96], // unspecified, loopback, and IPv4 in its old dress
  ['::ffff:0:0', 96], // IPv4 in its new one: whoever means IPv4 may write it
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  special6.addSubnet(network, bits, 'ipv6')

const house4 = new BlockList()
const house6 = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  house4.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
] as const)
  house6.addSubnet(network, bits, 'ipv6')
