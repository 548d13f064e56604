import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDevice } from '../../examples/device-client/device-client.ts'
import { createMachine, type Sensors } from '../../examples/machine-simulator/machine.ts'

export interface FailingMachine {
  /** the highest vibration it has reported, in mm/s; beyond 6 its bearing has failed */
  vibration(): number
  stop(): Promise<void>
}

/** steps of 5 s that its life is ahead when it begins to report: the bearing is worn, and not yet beyond the limits */
const before = 1200

/**
 * A machine whose bearing wears out while one looks on: each second it reports what the simulated one says five seconds later. After
 * some forty seconds it vibrates too much for twenty, and it fails a few minutes later. Its life does not depend on the time of day.
 */
export async function runFailingMachine(machine: { url: string; deviceId: string; token: string }): Promise<FailingMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-story-machine-'))
  const device = await openDevice({ ...machine, folder })
  const begin = Date.parse('2026-03-03T00:00:00Z') // a Tuesday morning, at work
  const life = createMachine({
    ...{ seed: 1, spindle: { speed: 12_000, power: 15 } },
    ...{ begin: new Date(begin), fault: 'bearing', faultHours: 2 },
  })
  let [step, highest] = [before, 0]
  let reporting: Promise<unknown> = Promise.resolve()
  const report = () => {
    const said: Sensors = life.step(new Date(begin + step++ * 5000))
    highest = Math.max(highest, said.spindle_vibration)
    reporting = reporting.then(() => device.report({ ...said }, new Date()))
  }
  report()
  const timer = setInterval(report, 1000)
  return {
    vibration: () => highest,
    async stop() {
      clearInterval(timer)
      await reporting
      await device.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
