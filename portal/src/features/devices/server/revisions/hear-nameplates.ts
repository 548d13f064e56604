import type { DeviceMessage, Platform } from '#platform/server'
import { longestNameplate, type Revisions, readNameplate, revisionsAmong } from '../../core/index.ts'
import { keepRevisions } from './keep-revisions.ts'

/** Topic below the prefix of a machine. */
const topic = 'nameplate'

/** Machines say which hardware and software they have. What cannot be read is counted at the machine. */
export async function hearNameplates(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  const said = messages.flatMap(message => {
    if (message.sparkplug !== null || message.topic !== topic) return []
    const { deviceId, receivedAt, payload } = message
    const revisions = readOr(payload)
    if (revisions) return [{ deviceId, receivedAt, revisions }]
    platform.broker.refuse(deviceId, 'payload')
    return []
  })
  await keepRevisions(platform, said)
}

/** Edge nodes of Sparkplug say it by the properties of their births. values: by the keys of metrics */
export const hearNodeProperties = (
  said: readonly { deviceId: string; receivedAt: Date; values: ReadonlyMap<string, unknown> }[],
  platform: Platform,
): Promise<void> =>
  keepRevisions(
    platform,
    said.map(({ deviceId, receivedAt, values }) => ({ deviceId, receivedAt, revisions: revisionsAmong(values) })),
  )

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readOr(payload: Uint8Array): Revisions | null {
  if (payload.length > longestNameplate) return null
  try {
    return readNameplate(utf8.decode(payload))
  } catch {
    return null
  }
}
