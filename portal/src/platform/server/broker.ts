import type { FeatureRefusal, WireRefusal } from '#platform/core'
import type { Platform } from './platform.ts'

/**
 * What speaks MQTT with devices, in this process or outside (MQTT_URL). The code above it does not know which: it is handed
 * messages, and publishes to devices. See docs/guides/mqtt.md.
 */
export interface Broker {
  /** Where nobody takes messages of devices, or no port is wanted, there is nothing. */
  state(): BrokerState
  /**
   * Tells one device something by QoS 1, in the branch of its prefix that only the portal writes.
   * Outside this process `sent` says that the broker has it; that broker's own bounds hold there.
   */
  publish(message: MessageToDevice): Promise<Published>
  /**
   * Ends the connection of a device in every process, and its session: its token was revoked, it was deleted. Called in a
   * transaction it happens when that commits. An external broker has to be told by other means: see docs/guides/mqtt.md.
   */
  disconnect(deviceId: string): Promise<void>
  /**
   * Counts what a feature refused of a device beside what the broker refuses itself. In `receive` it is counted once the messages are
   * written, however often they had to be given.
   */
  refuse(deviceId: string, reason: FeatureRefusal): void
  /** What was refused of a device in this process, by reason. */
  refusals(deviceId: string): Readonly<Partial<Record<Refusal, number>>>
  /** Reads the certificates of the authorities anew that features name. */
  renewAuthorities(): Promise<void>
  stop(): Promise<void>
}

export type BrokerState =
  /** reason: this process is not open to visitors; no feature takes messages; no port is wanted; trouble says that the port is taken */
  | {
      kind: 'off'
      reason: 'not-open' | 'no-feature' | 'no-port' | 'port-taken'
      port: number | null
      trouble: string | null
      connections: 0
    }
  | { kind: 'embedded'; address: string; connections: number; waiting: number }
  /** connections are that broker's to count */
  | { kind: 'external'; address: string; connected: boolean; trouble: string | null; connections: null; waiting: number }

export type Published =
  /** it is on its way */
  | 'sent'
  /** the device is away and has a session: it gets it when it is back */
  | 'queued'
  /** nobody listens: the device is away and has no session, or did not subscribe */
  | 'away'
  /** too much waits for the device already */
  | 'full'

export interface MessageToDevice {
  deviceId: string
  /** below `fettle/{deviceId}/down/`, or a Sparkplug command */
  topic: string | { group: string; type: 'NCMD' | 'DCMD'; device?: string }
  payload: Uint8Array | string
}

/** What a feature gives to the broker: of `authenticate` there is one in the house, the others may be several. */
export interface BrokerPart {
  /** Who signs in, or null. An error means that it cannot be known now: the device is told to come back. */
  authenticate?(credentials: DeviceCredentials, platform: Platform): Promise<DeviceIdentity | null>
  /** Which of these credentials still hold: asked each minute, since some end by time, and word of what was revoked may get lost. */
  holding?(credentialIds: readonly string[], platform: Platform): Promise<ReadonlySet<string>>
  /**
   * Takes messages; resolves when they are durably written, and only then are they acknowledged to who sent them. It throws
   * where nothing could be written: the same messages come again, later, so that it is idempotent. What is wrong with a message
   * itself is no reason to throw: it is counted by `refuse` and done with. A device's messages come in its order.
   */
  receive?(messages: readonly DeviceMessage[], platform: Platform): Promise<void>
  /** What happened with devices since the last call, about once a second. Losing some when a process is killed does no harm. */
  notice?(notices: readonly DeviceNotice[], platform: Platform): Promise<void>
  /** Certificates in PEM of authorities, beside MQTT_CLIENT_CA, whose client certificates are believed. */
  authorities?(platform: Platform): Promise<readonly string[]>
}

export type DeviceCredentials =
  | { kind: 'token'; deviceId: string; token: string }
  /** fingerprint: SHA-256 of the certificate, 64 hexadecimal digits; certificate: DER. Its chain has been verified */
  | { kind: 'certificate'; deviceId: string; fingerprint: string; certificate: Uint8Array }

export interface DeviceIdentity {
  /** a UUID in lower case; its topics lie below `fettle/{deviceId}/`, its Sparkplug edge node has it as id */
  deviceId: string
  /** by what it signed in; without one that is not asked again */
  credentialId?: string
}

export interface DeviceMessage {
  deviceId: string
  /** below `fettle/{deviceId}/`; of Sparkplug '' */
  topic: string
  /** null: a plain topic */
  sparkplug: SparkplugTopic | null
  payload: Uint8Array
  qos: 0 | 1 | 2
  retain: boolean
  receivedAt: Date
}

/** Types that an edge node sends. */
export const sparkplugTypes = ['NBIRTH', 'NDATA', 'NDEATH', 'DBIRTH', 'DDATA', 'DDEATH'] as const

export interface SparkplugTopic {
  group: string
  type: (typeof sparkplugTypes)[number]
  /** null: the edge node itself */
  device: string | null
}

export type DeviceNotice =
  | { kind: 'connected' | 'disconnected'; deviceId: string; at: Date }
  /** A second connection with one identity took over. clone: that happens so often that two machines seem to share it */
  | { kind: 'taken-over'; deviceId: string; at: Date; clone: boolean }
  | { kind: 'refused'; deviceId: string; reason: Refusal; count: number; at: Date }

/** Why something was refused. connections: more than there may be, of nobody who is known */
export type Refusal = WireRefusal | FeatureRefusal | 'connections'
