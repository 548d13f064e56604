import { resolve } from 'node:path'
import { type BrokerAddress, readBrokerAddress } from './broker-address.ts'
import type { DeviceTls } from './broker-tls.ts'
import type { SettingName } from './settings.ts'
import { StartFailure } from './start-failure.ts'

export interface BrokerConfig {
  /** null: the broker is in this process */
  external: BrokerAddress | null
  /** null: devices come by TLS alone, or not at all */
  port: number | null
  /** nobody asked for this port: where it is taken, the portal says so and starts without */
  portIsPreset: boolean
  /** null: devices come without TLS, or not at all */
  tls: DeviceTls | null
}

interface Surroundings {
  base: string
  production: boolean
  /** certificate of the pages, used for devices too where they have none of their own */
  pages: { cert: string; key: string } | null
}

/** Throws StartFailure where settings do not fit together. */
export function readBroker(given: (name: SettingName) => string | null, { base, production, pages }: Surroundings): BrokerConfig {
  const url = given('MQTT_URL')
  const names = ['MQTT_PORT', 'MQTT_TLS_PORT', 'MQTT_TLS_CERT', 'MQTT_TLS_KEY', 'MQTT_CLIENT_CA'] as const
  if (url) {
    const useless = names.find(name => given(name) !== null && given(name) !== 'off')
    if (useless)
      throw new StartFailure(
        `${useless} is for the broker in the portal, and MQTT_URL names another: leave one of them out, for devices go to one broker.`,
      )
    const address = readBrokerAddress(url)
    const file = (name: string | null) => name && resolve(base, name)
    return {
      external: { ...address, ca: file(address.ca), cert: file(address.cert), key: file(address.key) },
      port: null,
      portIsPreset: false,
      tls: null,
    }
  }
  const port = given('MQTT_PORT') ?? (production ? 'off' : '1883')
  return {
    external: null,
    port: port === 'off' ? null : Number(port),
    portIsPreset: given('MQTT_PORT') === null,
    tls: readTlsPort(given, base, pages),
  }
}

function readTlsPort(given: (name: SettingName) => string | null, base: string, pages: Surroundings['pages']): DeviceTls | null {
  const [port, cert, key, clientCa] = [
    given('MQTT_TLS_PORT'),
    given('MQTT_TLS_CERT'),
    given('MQTT_TLS_KEY'),
    given('MQTT_CLIENT_CA'),
  ]
  if ((cert === null) !== (key === null))
    throw new StartFailure(`${cert ? 'MQTT_TLS_KEY' : 'MQTT_TLS_CERT'} is not set: a certificate and its key go together.`)
  if (port === null) {
    const idle = cert ? 'MQTT_TLS_CERT' : clientCa ? 'MQTT_CLIENT_CA' : null
    if (idle) throw new StartFailure(`${idle} is for TLS with devices, and MQTT_TLS_PORT is not set: set it to 8883.`)
    return null
  }
  const files = cert && key ? { cert: resolve(base, cert), key: resolve(base, key) } : pages
  if (!files)
    throw new StartFailure('MQTT_TLS_PORT needs a certificate: set MQTT_TLS_CERT and MQTT_TLS_KEY, or TLS_CERT and TLS_KEY.')
  return { port: Number(port), cert: files.cert, key: files.key, clientCa: clientCa && resolve(base, clientCa) }
}
