import { sql } from 'kysely'
import type { Broker, BrokerPart, BrokerState } from './broker.ts'
import { countOnceWritten } from './broker-counting.ts'
import { createIntake, type Intake } from './broker-intake.ts'
import { type BrokerLimits, brokerLimits } from './broker-limits.ts'
import { createDeviceRecord, type DeviceRecord } from './broker-record.ts'
import { openSlots, type Slots } from './broker-slots.ts'
import { keyedHash } from './cipher.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { PortFailure } from './open-port.ts'
import type { Platform } from './platform.ts'
import type { Signals } from './signals.ts'

export interface BrokerSurroundings {
  config: Pick<Config, 'host' | 'broker' | 'sessionSecret'>
  log: Log
  metrics: Metrics
  now(): Date
  /** handed to the features */
  platform(): Platform
  gone: GoneDevices
  /** of the database, for the place among the processes */
  databaseUrl: string
  slots?: Slots
  limits?: Partial<BrokerLimits>
}

/** Tells every process that a device is out, when the ambient transaction commits; calls back in each. */
export interface GoneDevices {
  tell(deviceId: string): Promise<void>
  /** onMissed: some may have been told of that were not heard */
  listen(onGone: (deviceId: string) => void, onMissed: () => void): Promise<() => Promise<void>>
}

export const goneDevices = (database: Database, signals: Signals): GoneDevices => ({
  async tell(deviceId) {
    await sql`select pg_notify('fettle_device_gone', ${deviceId})`.execute(database.db())
  },
  listen: (onGone, onMissed) => signals.listen('fettle_device_gone', onGone, onMissed),
})

export interface OpenableBroker extends Broker {
  /** Opens the wire. Throws StartFailure where a setting cannot be used. */
  open(): Promise<void>
  /** Whether messages of devices come to this process. Outside they may come to others alone. */
  takes(): boolean
}

/** The wire to devices, if a feature says who they are and one takes what they say: without both nothing listens. */
export function createBroker(surroundings: BrokerSurroundings, features: readonly { broker?: BrokerPart }[]): OpenableBroker {
  const { config, log, metrics, now, platform, gone } = surroundings
  const limits = { ...brokerLimits, ...surroundings.limits }
  const parts = features.flatMap(({ broker }) => broker ?? [])
  const authenticate = parts.find(part => part.authenticate)?.authenticate
  const receivers = parts.flatMap(({ receive }) => receive ?? [])
  const record = createDeviceRecord({
    metrics,
    log,
    now,
    tell: async notices => {
      for (const { notice } of parts) await notice?.(notices, platform())
    },
  })
  const counting = countOnceWritten((deviceId, reason, count) => record.refuse(deviceId, reason, count))
  const intake = createIntake({
    limits,
    log,
    receive: messages =>
      counting.during(async () => {
        for (const receive of receivers) await receive(messages, platform())
      }),
    onWritten: written => metrics.deviceMessages(written),
  })
  const holding = async (credentialIds: readonly string[]) =>
    (await parts.find(part => part.holding)?.holding?.(credentialIds, platform())) ?? new Set(credentialIds)
  const authorities = async () => {
    const named = await Promise.all(parts.map(part => part.authorities?.(platform()) ?? []))
    return named.flat()
  }

  let wire = nothing('not-open')
  let stopListening = async () => {}
  measure(metrics, () => wire.state(), intake)
  return {
    async open() {
      wire = await openWire()
      stopListening = await gone.listen(
        deviceId => void wire.disconnect(deviceId),
        () => wire.review().catch(error => log.warn({ error }, 'what was revoked meanwhile is found out within a minute')),
      )
    },
    takes: () => wire.takes(),
    state: () => wire.state(),
    publish: message => wire.publish(message),
    disconnect: deviceId => gone.tell(deviceId),
    refuse: (deviceId, reason) => counting.refuse(deviceId, reason),
    refusals: deviceId => record.refusals(deviceId),
    renewAuthorities: () => wire.renewAuthorities(),
    async stop() {
      await stopListening()
      await wire.stop()
      await record.close()
    },
  }

  async function openWire(): Promise<Wire> {
    const { external, port, tls, portIsPreset } = config.broker
    if (!authenticate || receivers.length === 0) return nothing('no-feature')
    const common = { limits, log, intake, record, now }
    if (external) return openOutside(surroundings, external, common)
    if (port === null && tls === null) return nothing('no-port')
    const { openEmbeddedBroker } = await import('./broker-embedded.ts')
    try {
      const embedded = await openEmbeddedBroker({
        ...common,
        host: config.host,
        port,
        tls,
        authenticate: credentials => authenticate(credentials, platform()),
        holding,
        authorities,
      })
      const address = embedded.addresses.join(', ')
      return {
        ...embedded,
        takes: () => true,
        state: () => ({ kind: 'embedded', address, connections: embedded.connections(), waiting: intake.waiting() }),
      }
    } catch (error) {
      if (!(error instanceof PortFailure && error.code === 'EADDRINUSE' && portIsPreset)) throw error
      return nothing('port-taken', error.message, port)
    }
  }
}

type Wire = Pick<OpenableBroker, 'state' | 'takes' | 'publish' | 'disconnect' | 'renewAuthorities' | 'stop'> & {
  /** closes connections whose credentials hold no more */
  review(): Promise<void>
}

async function openOutside(
  { config, databaseUrl, log, slots }: BrokerSurroundings,
  external: NonNullable<Config['broker']['external']>,
  common: { limits: BrokerLimits; log: Log; intake: Intake; record: DeviceRecord; now(): Date },
): Promise<Wire> {
  const { openExternalBroker } = await import('./broker-external.ts')
  const installation = keyedHash(config.sessionSecret, 'name at the broker').toString('hex').slice(0, 8)
  const outside = await openExternalBroker({
    ...common,
    address: external,
    name: `fettle-${installation}`,
    slots: slots ?? openSlots(databaseUrl, log),
  })
  return {
    publish: outside.publish,
    takes: outside.takes,
    stop: outside.stop,
    state: () => ({
      kind: 'external',
      address: external.url,
      ...outside.state(),
      connections: null,
      waiting: common.intake.waiting(),
    }),
    disconnect: async () => {},
    review: async () => {},
    renewAuthorities: async () => {},
  }
}

const nothing = (
  reason: (BrokerState & { kind: 'off' })['reason'],
  trouble: string | null = null,
  port: number | null = null,
): Wire => ({
  state: () => ({ kind: 'off', reason, port, trouble, connections: 0 }),
  takes: () => false,
  publish: async () => 'away',
  disconnect: async () => {},
  review: async () => {},
  renewAuthorities: async () => {},
  stop: async () => {},
})

function measure(metrics: Metrics, state: () => BrokerState, intake: Intake): void {
  const up = metrics.gauge(
    'fettle_broker_up',
    '1 where devices, or the broker they go to, can be reached; absent without a broker',
  )
  const connections = metrics.gauge('fettle_device_connections', 'Devices connected to this process')
  const waiting = metrics.gauge('fettle_device_messages_waiting', 'Messages of devices that are not written yet')
  metrics.whenRead(() => {
    const now = state()
    waiting.set(intake.waiting())
    connections.set(now.connections ?? 0)
    up.reset() // what is not wanted is not down
    if (now.kind !== 'off') up.set(now.kind === 'embedded' || now.connected ? 1 : 0)
    else if (now.reason === 'port-taken') up.set(0)
  })
}
