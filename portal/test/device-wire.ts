import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import {
  type BrokerLimits,
  type BrokerPart,
  createBroker,
  createLog,
  createMetrics,
  type DeviceMessage,
  type DeviceNotice,
  type Platform,
  readConfig,
} from '#platform/server'

/** The wire to devices by itself, without a portal, and what came by it. */
export interface Wire {
  broker: ReturnType<typeof createBroker>
  /** addresses of a broker in this process: mqtt://…, mqtts://… */
  addresses: string[]
  messages: DeviceMessage[]
  notices: DeviceNotice[]
  /** Waits until messages that fit have come, and answers them. */
  received(fits: (message: DeviceMessage) => boolean, count?: number): Promise<DeviceMessage[]>
  metrics(): Promise<string>
  stop(): Promise<void>
}

export interface WireOptions {
  part?: BrokerPart
  limits?: Partial<BrokerLimits>
  environment?: Record<string, string>
  /** its place among the processes; there is no database here to share them out */
  slot?: number
}

const folder = mkdtempSync(join(tmpdir(), 'fettle-wire-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A file of the test, by name. */
export function placeFile(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

export async function openWire({ part = {}, limits = {}, environment = {}, slot = 0 }: WireOptions = {}): Promise<Wire> {
  const messages: DeviceMessage[] = []
  const notices: DeviceNotice[] = []
  const metrics = createMetrics('test')
  const gone = new Set<(deviceId: string) => void>()
  const config = readConfig({ FETTLE_MODE: 'demo', DATA_DIR: folder, LOG_LEVEL: 'silent', MQTT_PORT: '', ...environment })
  if (environment.MQTT_PORT === undefined && config.broker.port !== null) config.broker.port = 0
  const broker = createBroker(
    {
      config,
      log: createLog('silent'),
      metrics,
      now: () => new Date(),
      platform: () => ({}) as Platform,
      gone: {
        tell: async deviceId => gone.forEach(listener => void listener(deviceId)),
        listen: async listener => {
          gone.add(listener)
          return async () => void gone.delete(listener)
        },
      },
      databaseUrl: '',
      slots: { take: async () => slot, areOthers: async () => slot > 0, onLost: () => {}, close: async () => {} },
      limits,
    },
    [
      {
        broker: {
          authenticate: async ({ deviceId, ...proof }) =>
            proof.kind === 'certificate' || proof.token === tokenOf(deviceId) ? { deviceId } : null,
          receive: async batch => void messages.push(...batch),
          notice: async told => void notices.push(...told),
          ...part,
        },
      },
    ],
  )
  await broker.open()
  const state = broker.state()
  return {
    broker,
    addresses: state.kind === 'embedded' ? state.address.split(', ') : [],
    messages,
    notices,
    async received(fits, count = 1) {
      await until(() => messages.filter(fits).length >= count)
      return messages.filter(fits)
    },
    metrics: async () => (await metrics.read()).text,
    stop: () => broker.stop(),
  }
}

/** What a device of the tests shows: no secret of anybody's. */
export const tokenOf = (deviceId: string): string => `token of ${deviceId}`

export const deviceId = (number: number): string => `0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`

/** A device signs in by its token. */
export function connectDevice(address: string, id: string, options: IClientOptions = {}): Promise<MqttClient> {
  return connectAsync(address, {
    username: id,
    password: tokenOf(id),
    clientId: id,
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 5000,
    ...options,
  })
}

/** Waits until it is so; throws after 10 s. */
export async function until(isSo: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await isSo()); ) {
    if (Date.now() > deadline) throw new Error(`It did not come to be within ${ms} ms: ${isSo}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

/** Waits until the connection is gone. */
export const closed = (client: MqttClient): Promise<void> =>
  new Promise(resolve => (client.connected ? client.once('close', () => resolve()) : resolve()))
