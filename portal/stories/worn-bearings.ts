import { connectAsync } from 'mqtt'
import type { Life } from '../src/features/prognosis/core/life.ts'
import { wearingLives } from '../src/features/prognosis/core/test-lives.ts'
import { admitAtBroker } from './admit-at-broker.ts'
import { expect, type Page } from './portal-fixture.ts'

const [hour, day] = [3_600_000, 86_400_000]
const metrics = ['heat', 'vibration', 'hum']
const [machines, livesOfEach] = [3, 4]

export interface WornMachines {
  /** page of the console about the bearing and its models */
  modelsPage: string
  /** the first of them */
  machine: { id: string; label: string }
  /** the first of them reports once more, now */
  report(): Promise<void>
}

/**
 * Three machines of a new type: at each four bearings wore out and failed one after the other, and a fifth runs since four days. They have reported all of it by
 * MQTT, and staff wrote the failures down. deal: what becomes of what was measured. admin: sees where the broker is
 */
export async function wornMachines(
  service: Page,
  admin: Page,
  name: string,
  deal = (lives: Life[]) => lives,
): Promise<WornMachines> {
  const key = `worn_${crypto.randomUUID().slice(0, 8)}`
  const headers = { origin: new URL(service.url()).origin }
  const post = async (path: string, data: object) => {
    const answer = await service.request.post(`/api/v1/console${path}`, { headers, data })
    expect(answer.ok(), await answer.text()).toBe(true)
    return answer.json()
  }
  const named = (text: string) => ({ 'zh-CN': text, en: text })
  const { id: typeId } = await post('/device-types', {
    ...{ key, name: named(name), components: [{ key: 'bearing', name: { 'zh-CN': '轴承', en: 'Bearing' } }] },
    metrics: metrics.map(metric => ({
      ...{ key: metric, name: named(metric), unit: '', min: -1000, max: 1000, decimals: 2, tells: 'other' },
    })),
  })
  const url = /mqtts?:\/\/[\w.:-]+/.exec(await (await admin.request.get('/api/v1/operations/health')).text())![0]
  const lives = deal(wearingLives(machines * livesOfEach, 7, 24))
  const running = wearingLives(machines, 8, 24)
  const made = await Promise.all(
    running.map(async (present, place) => {
      const serial = `${key}-${place}`
      const { id } = await post('/devices', { serial, model: name, typeId })
      const { token } = await post(`/devices/${id}/credentials`, { kind: 'token', label: 'PLC' })
      const { address } = await post(`/devices/${id}/claim-code`, {})
      const ended = lives.slice(place * livesOfEach, (place + 1) * livesOfEach)
      let at = Math.floor(Date.now() / day) * day - 4 * day - ended.reduce((sum, { steps }) => sum + steps * hour, 0)
      const moments: Moment[] = []
      for (const life of ended) {
        moments.push(...momentsOf(life, at))
        const [beganOn, endedOn] = [at, at + life.steps * hour].map(moment => new Date(moment).toISOString().slice(0, 10))
        await post(`/device-types/${typeId}/components/bearing/lives`, { serial, beganOn, endedOn, ending: 'failed' })
        at += life.steps * hour
      }
      moments.push(...momentsOf(present, at).filter(moment => moment.at < Date.now() - hour))
      return { id: id as string, token: token as string, label: new URL(address).pathname, moments }
    }),
  )
  await admitAtBroker(Object.fromEntries(made.map(({ id, token }) => [id, token])))
  await Promise.all(made.map(one => send(url, one, one.moments)))
  const [first] = made
  return {
    modelsPage: `/console/models/${typeId}/bearing`,
    machine: first!,
    report: () => send(url, first!, [{ ...first!.moments.at(-1)!, at: Date.now() }]),
  }
}

interface Moment {
  at: number
  values: Record<string, number>
}

const momentsOf = ({ steps, sensors }: Life, from: number): Moment[] =>
  Array.from({ length: steps }, (_, step) => ({
    at: from + step * hour + hour / 2,
    values: Object.fromEntries(metrics.map((metric, sensor) => [metric, Number(sensors[sensor]![step]!.toFixed(2))])),
  }))

async function send(url: string, { id, token }: { id: string; token: string }, readings: readonly Moment[]): Promise<void> {
  const client = await connectAsync(url, { clientId: id, username: id, password: token })
  await client.publishAsync(`fettle/${id}/readings`, JSON.stringify({ sentAt: Date.now(), readings }), { qos: 1 })
  await client.endAsync()
}
