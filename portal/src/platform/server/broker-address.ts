import { StartFailure } from './start-failure.ts'
import { readPem } from './tls.ts'

/** What MQTT_URL says: `mqtts://user:password@host:8883?version=5&ca=…&cert=…&key=…&shared=false` */
export interface BrokerAddress {
  /** without name, password and parameters */
  url: string
  username: string | undefined
  password: string | undefined
  version: 4 | 5
  /** files in PEM: who is believed to be the broker, and what the portal shows of itself */
  ca: string | null
  cert: string | null
  key: string | null
  /** false: that broker knows no shared subscriptions, and one portal process at a time takes the messages */
  shared: boolean
}

const protocols = ['mqtt:', 'mqtts:', 'ws:', 'wss:']
const parameters = ['version', 'ca', 'cert', 'key', 'shared']

/** Throws a sentence that goes on after the setting's name where the address is not one. */
export function readBrokerAddress(text: string): BrokerAddress {
  const url = new URL(text)
  const query = url.searchParams
  const unknown = [...query.keys()].find(name => !parameters.includes(name))
  if (unknown) throw new Error(`has the unknown parameter "${unknown.slice(0, 40)}"`)
  if (!url.hostname) throw new Error('names no host')
  const version = query.get('version') ?? '5'
  if (version !== '5' && version !== '3.1.1') throw new Error('has a version other than 3.1.1 and 5')
  const shared = query.get('shared') ?? 'true'
  if (shared !== 'true' && shared !== 'false') throw new Error('has a parameter shared that is neither true nor false')
  const files = { ca: query.get('ca'), cert: query.get('cert'), key: query.get('key') }
  if ((files.cert === null) !== (files.key === null)) throw new Error('has one of cert and key, which go together')
  if ((files.ca ?? files.cert) !== null && !['mqtts:', 'wss:'].includes(url.protocol))
    throw new Error(`has certificates and begins with ${url.protocol}//, which speaks no TLS: begin it with mqtts:// or wss://`)
  return {
    url: `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`,
    username: url.username ? decodeURIComponent(url.username) : undefined,
    password: url.password ? decodeURIComponent(url.password) : undefined,
    version: version === '5' ? 5 : 4,
    ...files,
    shared: shared === 'true',
  }
}

export const isBrokerAddress = (text: string): boolean => URL.canParse(text) && protocols.includes(new URL(text).protocol)

/** The files an address names. Throws StartFailure where one cannot be read. */
export function readBrokerFiles({ ca, cert, key }: BrokerAddress): { ca?: string; cert?: string; key?: string } {
  const read = (name: string, file: string) => {
    const pem = readPem(`MQTT_URL, ${name}`, file)
    if (!pem.includes('-----BEGIN')) throw new StartFailure(`MQTT_URL, ${name}: "${file}" is no PEM. Name a file in PEM.`)
    return pem
  }
  return {
    ...(ca ? { ca: read('ca', ca) } : {}),
    ...(cert && key ? { cert: read('cert', cert), key: read('key', key) } : {}),
  }
}
