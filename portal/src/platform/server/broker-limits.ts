/** What devices may do to the embedded broker; docs/guides/limits.md lists the same. */
export const brokerLimits = {
  /** bytes of one packet */
  packet: 256 * 1024,
  /** bytes of the packet that signs in, its will included */
  connectPacket: 32 * 1024,
  /** ms from the connection to the packet that signs in, TLS included */
  connectMs: 10_000,
  /** s of silence: more is not granted, and 0 is taken for it */
  keepAlive: 1200,
  /** packets a device may send at once, and how many a second after that */
  rate: { burst: 2000, perSecond: 1000 },
  /** messages of one device that wait to be written; more is not read from its connection */
  inFlight: 200,
  /** bytes of them */
  inFlightBytes: 1024 * 1024,
  /** bytes of all devices: beyond them only devices of which nothing waits are read, beyond the double nobody */
  waitingBytes: 64 * 1024 * 1024,
  /** messages of all devices, bounded likewise */
  waitingMessages: 100_000,
  /** messages that wait for a device that is away, or does not acknowledge */
  queue: 100,
  /** bytes of them */
  queueBytes: 1024 * 1024,
  /** ms until a device that does not read is cut off */
  drainMs: 30_000,
  subscriptions: 20,
  retained: 20,
  /** bytes of one retained message */
  retainedBytes: 16 * 1024,
  /** QoS 2 messages of one device whose release is awaited */
  unreleased: 100,
  /** ms between two looks whether what connected devices signed in by still holds */
  reviewMs: 60_000,
  connections: 20_000,
  connectionsPerAddress: 2000,
  /** connections that have not signed in, of all and of one address */
  strangers: 2000,
  strangersPerAddress: 200,
  /** devices that are looked up at the same time */
  signingIn: 4,
  /** failed sign-ins of one device from one address, and of all devices an address has never signed in */
  failedPerDevice: { burst: 5, perMinute: 6 },
  failedPerAddress: { burst: 100, perMinute: 60 },
  /** sign-ins of one device, failed or not */
  returns: { burst: 20, perMinute: 20 },
  /** messages handed to the features at once */
  batch: 5000,
  /** bytes of them */
  batchBytes: 8 * 1024 * 1024,
  /** messages of one device in a row, while others wait */
  turn: 20,
  /** ms between the beginnings of two batches: many small writes cost more than few large ones */
  betweenBatchesMs: 20,
  /** ms a portal that stops waits for what is being written */
  stopMs: 3000,
  /** ms until a batch that could not be written is given again, doubling to the second */
  retryMs: [100, 5000] as readonly [number, number],
  /** ms for which one device waits of which nothing could be written while others went on, doubling to the second */
  apartMs: [1000, 60_000] as readonly [number, number],
}

export type BrokerLimits = typeof brokerLimits
