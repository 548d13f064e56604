import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { connect, type IClientOptions } from 'mqtt'
import { answerPortal, type DeviceControls } from './controls.ts'
import { openDiskBuffer } from './disk-buffer.ts'
import { type CertificateFiles, renewWhenDue } from './renew-certificate.ts'
import { type Waveform, writeWaveform } from './waveform.ts'

/** What a machine says of itself, in the words of OPC 40001-1; 60 characters each at most. */
export interface Nameplate {
  hardwareRevision?: string
  softwareRevision?: string
}

export interface DeviceOptions {
  /** of the broker: mqtts://portal.example.com:8883 */
  url: string
  /** as the machine's page in the portal shows it */
  deviceId: string
  /** absent: it has a certificate */
  token?: string
  /** instead of a token; renewed in its files before it ends */
  certificate?: CertificateFiles
  /** false: it has no clock to rely on. What it measured is then of the time at which it came, and each moment goes by itself, with a number; default true */
  clock?: boolean
  /** where readings wait until the portal has them; it is made where it is missing */
  folder: string
  /** the oldest are dropped beyond; default 256 MB, some weeks of a machine with ten metrics a second */
  mostBytes?: number
  /** more for the connection: ca, rejectUnauthorized … */
  connection?: IClientOptions
  /** said with each connection; absent: nothing is said of it */
  nameplate?: Nameplate
  /** what the portal may set and order; absent: nothing */
  controls?: DeviceControls
  onTrouble?(error: Error): void
}

export interface Device {
  /** Keeps the readings of one moment, on the disk when it resolves. They are sent when there is a connection. */
  report(values: Record<string, number | boolean>, at?: Date): Promise<void>
  /** Sends a record of vibration; whether the portal has it on its disk. Without a connection it is dropped: the next one tells the same. */
  record(waveform: Waveform): Promise<boolean>
  /** It was updated: says so now, and from now on with each connection. */
  identify(nameplate: Nameplate): void
  /** Resolves when the portal has acknowledged all there is. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** readings of moments that go in one message */
const perMessage = 50
/** messages on their way at a time */
const inFlight = 8

/**
 * A device that loses nothing: readings are kept on the disk until the portal has acknowledged them, which it does once they are on its own.
 * One of them may be sent twice; the portal keeps it once, for it is of the same moment, or has the same number.
 */
export async function openDevice({
  url,
  deviceId,
  token,
  certificate,
  clock = true,
  folder,
  mostBytes,
  connection,
  nameplate,
  controls,
  onTrouble,
}: DeviceOptions): Promise<Device> {
  await mkdir(folder, { recursive: true })
  const buffer = await openDiskBuffer(folder, mostBytes)
  const topic = `fettle/${deviceId}/readings`
  /** by which the portal knows again what is sent again */
  const boot = randomUUID()
  let seq = 0
  let closed = false
  let ownPlate = nameplate
  let sending: Promise<void> | null = null
  const ended = Promise.withResolvers<false>()
  const idle: (() => void)[] = []

  /** The broker says that this connection has ended, by its will; whoever comes back has another one. */
  const presence = (connected: boolean) => Buffer.from(JSON.stringify({ connected, session }))
  const will = () => ({ topic: `fettle/${deviceId}/presence`, payload: presence(false), qos: 1 as const, retain: true })
  let session = randomUUID()

  const client = connect(url, {
    clientId: deviceId,
    ...(token === undefined ? {} : { username: deviceId, password: token }),
    ...(certificate ? { cert: await readFile(certificate.cert), key: await readFile(certificate.key) } : {}),
    reconnectPeriod: 2000,
    reconnectOnConnackError: true, // the portal may not have known yet who this is
    will: will(),
    ...connection,
  })
  const answering = controls && answerPortal(client, deviceId, folder, controls)
  /** the first try is over, whichever way */
  const tried = Promise.withResolvers<void>()
  client.on('error', error => onTrouble?.(error))
  client.on('close', () => {
    tried.resolve()
    // the client would send them again as they are, with the time of then in them; they are on the disk, and go out anew
    for (const id of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(id))
  })
  client.on('reconnect', () => {
    session = randomUUID()
    client.options.will = will()
  })
  client.on('connect', () => {
    tried.resolve()
    const { topic: at, qos, retain } = will()
    client.publishAsync(at, presence(true), { qos, retain }).catch(() => {}) // it is said with the next connection
    sayPlate()
    send()
    if (certificate) renew(certificate).catch(error => onTrouble?.(error as Error))
    Promise.resolve(answering)
      .then(answers => answers?.begin())
      .catch(error => onTrouble?.(error as Error))
  })

  function sayPlate(): void {
    if (ownPlate === undefined || !client.connected) return
    client.publishAsync(`fettle/${deviceId}/nameplate`, JSON.stringify(ownPlate), { qos: 1 }).catch(() => {}) // it is said with the next connection
  }

  async function renew(files: CertificateFiles): Promise<void> {
    if (!(await renewWhenDue(client, deviceId, files))) return
    Object.assign(client.options, { cert: await readFile(files.cert), key: await readFile(files.key) }) // for the next connection
  }

  function send(): void {
    sending ??= sendAll().finally(() => {
      sending = null
      if (buffer.waiting() === 0) for (const resolve of idle.splice(0)) resolve()
    })
  }

  async function sendAll(): Promise<void> {
    while (!closed && client.connected && buffer.waiting() > 0) {
      const moments = await buffer.read(perMessage * inFlight)
      const messages = messagesOf(moments)
      try {
        const acknowledged = Promise.all(messages.map(message => client.publishAsync(topic, message, { qos: 1 })))
        // of what was under way when the connection was closed, nobody hears again
        if (!(await Promise.race([acknowledged, ended.promise]))) return
      } catch (error) {
        if (client.connected) onTrouble?.(error as Error)
        return // they are still on the disk, and go out with the next connection
      }
      await buffer.drop(moments.length)
    }
  }

  return {
    async report(values, at = new Date()) {
      await buffer.add(JSON.stringify(clock ? { at: at.getTime(), values } : { boot, seq: seq++, values }))
      send()
    },
    async record(waveform) {
      await tried.promise
      if (closed || !client.connected) return false
      return client.publishAsync(`fettle/${deviceId}/waveforms`, writeWaveform(waveform), { qos: 1 }).then(
        () => true,
        () => false, // the connection was lost
      )
    },
    identify(updated) {
      ownPlate = { ...ownPlate, ...updated }
      sayPlate()
    },
    settled: () =>
      new Promise(resolve => {
        idle.push(resolve)
        send()
      }),
    async close() {
      closed = true
      await client.endAsync(true) // without a word, so that the broker gives its last one
      ended.resolve(false)
      await sending
      await buffer.close()
    },
  }
}

/** Moments with their times go together, numbered ones by themselves. */
function messagesOf(moments: readonly string[]): string[] {
  const isNumbered = (moment: string) => moment.startsWith('{"boot"')
  const timed = moments.filter(moment => !isNumbered(moment))
  return [...moments.filter(isNumbered), ...chunked(timed, perMessage).map(messageOf)]
}

/** sentAt: by it the portal sets the times right where this machine's clock is off. */
const messageOf = (moments: readonly string[]): string => `{"sentAt":${Date.now()},"readings":[${moments.join(',')}]}`

const chunked = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
