/**
 * The fleet page of many machines, asked for over HTTP as pages do: all have just reported, the health of all is known, every twentieth has an open alarm.
 * Staff sees all of them, and so does the customer who owns them; the peer is a hundred machines. Options: --json, --machines <1000>
 */
import { parseArgs } from 'node:util'
import { signIn, withDevicePortal } from './device-bench.ts'
import { type Measure, percentile, report, round, timings } from './harness.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean' }, machines: { type: 'string', default: '1000' } } })
const machines = Number(values.machines)
const few = 100
const asked = 100

const people = [
  ['staff', 'service@zhizao.example', '/api/v1/console/fleet'],
  ['their owner', 'customer@example.com', '/api/v1/my/fleet'],
] as const

const ofFew = await timesWith(few)
const ofMany = await timesWith(machines)
report(
  'fleet',
  people.flatMap(([name]) => measuresOf(name)),
)

function measuresOf(name: string): Measure[] {
  const [half, late] = timings(`fleet page of ${machines} machines, ${name}`, 'answer', ofMany.get(name)!)
  return [half!, { ...late!, peer: { name: `${few} machines`, value: round(percentile(ofFew.get(name)!, 0.95)) } }]
}

/** By who asks: how long he waits each time, in milliseconds. */
async function timesWith(count: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>()
  await withDevicePortal(count, async portal => {
    await portal.tell({ from: 0, count: 10, every: 1000, begin: Date.now() - 10_000 })
    await portal.tell('trouble')
    for (const [name, email, path] of people) {
      const cookie = await signIn(portal.browsers, email)
      times.set(name, [])
      for (let n = 0; n < asked; n++) {
        const began = performance.now()
        const answer = await fetch(portal.browsers + path, { headers: { cookie } })
        const { total } = (await answer.json()) as { total: number }
        if (!answer.ok || total < count) throw new Error(`${path} answers ${answer.status} with ${total} machines`)
        times.get(name)!.push(performance.now() - began)
      }
    }
  })
  return times
}
