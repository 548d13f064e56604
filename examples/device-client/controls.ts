import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'

export type ControlValue = number | string | boolean

/** What a device lets the portal set and order. */
export interface DeviceControls {
  /** what it is set to now, by the keys its type declares */
  settings(): Record<string, ControlValue>
  /** Takes on what it is to be set to; answers what it does not do, with the reason for people to read. */
  apply(wanted: Record<string, ControlValue>): Promise<Record<string, string>>
  /** Does what it is told, or says why not. */
  command(key: string, parameters: Record<string, ControlValue>): Promise<CommandEnd>
}

export type CommandEnd = { outcome: 'done' | 'refused' | 'failed'; reason?: string }

interface Remembered {
  /** version of the settings that were applied last */
  version: number
  /** how the last commands ended, by id: what comes again is not done again */
  ended: Record<string, CommandEnd>
}

const mostEnded = 50

/**
 * Answers what the portal says to a device. Settings have a version, and commands an id, which are kept on the disk: what comes twice, as MQTT
 * may bring it, is done once.
 */
export async function answerPortal(client: MqttClient, deviceId: string, folder: string, controls: DeviceControls) {
  const file = join(folder, 'controls')
  const remembered: Remembered = await readFile(file, 'utf8').then(
    text => JSON.parse(text) as Remembered,
    () => ({ version: 0, ended: {} }),
  )
  let refused: Record<string, string> = {}
  let work = Promise.resolve()
  const under = new Set<string>()

  const say = (topic: string, said: object) =>
    client.publishAsync(`fettle/${deviceId}/${topic}`, JSON.stringify(said), { qos: 1 }).catch(() => {}) // said again with the next connection
  const keep = async () => {
    await writeFile(`${file}.new`, JSON.stringify(remembered))
    await rename(`${file}.new`, file)
  }
  const report = () => say('settings', { version: remembered.version, settings: controls.settings(), refused })

  async function set({ version, settings }: { version: number; settings: Record<string, ControlValue> }) {
    if (version > remembered.version) {
      refused = await controls.apply(settings)
      remembered.version = version
      await keep()
    }
    await report()
  }

  async function order(said: { id: string; command: string; parameters: Record<string, ControlValue>; expiresAt: number }) {
    const { id, command, parameters, expiresAt } = said
    const before = remembered.ended[id]
    if (before) return void (await say('commands', { id, ...before }))
    if (under.has(id) || Date.now() >= expiresAt) return
    under.add(id)
    await say('commands', { id, outcome: 'accepted' })
    const end = await controls
      .command(command, parameters)
      .catch((error: Error) => ({ outcome: 'failed' as const, reason: error.message }))
    remembered.ended = Object.fromEntries([...Object.entries(remembered.ended), [id, end] as const].slice(-mostEnded))
    under.delete(id)
    await keep()
    await say('commands', { id, ...end })
  }

  client.on('message', (topic, payload) => {
    const below = topic.slice(`fettle/${deviceId}/down/`.length)
    const said = JSON.parse(payload.toString())
    if (below === 'settings') work = work.then(() => set(said))
    if (below === 'commands') void order(said) // it may take its time, and holds up nothing else
  })

  return {
    /** With each connection: hears, and then says what it is set to, upon which the portal says what it has missed. */
    async begin() {
      await client.subscribeAsync(`fettle/${deviceId}/down/#`, { qos: 1 })
      await report()
    },
    /** What it is set to has changed at the machine itself. */
    report,
  }
}
