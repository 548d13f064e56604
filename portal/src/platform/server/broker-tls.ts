import type { PeerCertificate, TLSSocket, TlsOptions } from 'node:tls'
import { deviceIdPattern } from './broker-topics.ts'
import type { Log } from './log.ts'
import { StartFailure } from './start-failure.ts'
import { followTlsFiles, readPem, readTlsFiles, type TlsSettings } from './tls.ts'

/** TLS for devices. */
export interface DeviceTls extends Pick<TlsSettings, 'cert' | 'key'> {
  port: number
  /** file in PEM: authorities whose client certificates are believed; null: none but those a feature names */
  clientCa: string | null
}

/** What `createServer` of TLS takes. TLS 1.2 is spoken too: many a controller has nothing newer. */
export function readDeviceTls({ cert, key, clientCa }: DeviceTls, authorities: readonly string[]): TlsOptions {
  const own = clientCa ? [readAuthorities(clientCa)] : []
  const all = [...own, ...authorities]
  return {
    ...readTlsFiles({ cert, key, minVersion: 'TLSv1.2' }, ['MQTT_TLS_CERT', 'MQTT_TLS_KEY']),
    ca: all, // an empty list believes nobody; none given would believe those the system knows, which certify anybody
  }
}

function readAuthorities(file: string): string {
  const pem = readPem('MQTT_CLIENT_CA', file)
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new StartFailure(`MQTT_CLIENT_CA: "${file}" has no certificate. Name a file in PEM with the authority's certificate.`)
  return pem
}

export const followDeviceTls = (tls: DeviceTls, renew: () => Promise<void>, log: Log): (() => void) =>
  followTlsFiles(tls, renew, log)

/** The device a verified client certificate names, in its common name or an alternative one; null: there is none, or not one device. */
export function deviceOf(socket: TLSSocket): { deviceId: string; fingerprint: string; certificate: Uint8Array } | null {
  if (!socket.authorized) return null
  const { subject, subjectaltname, fingerprint256, raw } = socket.getPeerCertificate()
  const named = [namesOf(subject?.CN), alternativeNames(subjectaltname)].flat().map(name => name.toLowerCase())
  const ids = new Set(named.filter(name => deviceIdPattern.test(name)))
  const [deviceId] = ids
  if (!deviceId || ids.size > 1 || !fingerprint256) return null
  return { deviceId, fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(), certificate: raw }
}

const namesOf = (name: PeerCertificate['subject']['CN'] | undefined): string[] => (name === undefined ? [] : [name].flat())

const alternativeNames = (text: string | undefined): string[] =>
  (text ?? '').split(', ').flatMap(entry => /^(?:DNS:|URI:urn:uuid:)([0-9a-f-]{36})$/i.exec(entry)?.[1] ?? [])
