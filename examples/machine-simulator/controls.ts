import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandEnd, ControlValue, DeviceControls } from '../device-client/controls.ts'
import type { Machine } from './machine.ts'

export interface MachineControls extends DeviceControls {
  /** seconds between what it reports */
  reportEvery(): number
}

/** What a machining centre lets itself be set to, by the keys of the demo's type `vm`. */
type Settings = {
  /** s */
  report_interval: number
  /** % of the highest speed */
  spindle_limit: number
  warm_up: boolean
  standby: 'ready' | 'saving' | 'off'
}

/** Settings are kept in the folder and outlive a restart. While the spindle turns, the machine stays ready. */
export async function createControls(machine: Machine, folder: string, every: number): Promise<MachineControls> {
  const file = join(folder, 'settings')
  const settings: Settings = {
    ...{ report_interval: every, spindle_limit: 100, warm_up: false, standby: 'ready' },
    ...(await readFile(file, 'utf8').then(
      text => JSON.parse(text) as Partial<Settings>,
      () => ({}),
    )),
  }
  machine.limitSpeed(settings.spindle_limit / 100)

  return {
    reportEvery: () => settings.report_interval,
    settings: () => ({ ...settings }),
    async apply(wanted) {
      const refused: Record<string, string> = {}
      for (const [key, value] of Object.entries(wanted)) {
        const why = refusalOf(key, value)
        if (why) refused[key] = why
        else Object.assign(settings, { [key]: value })
      }
      machine.limitSpeed(settings.spindle_limit / 100)
      await writeFile(file, JSON.stringify(settings))
      return refused
    },
    command: async (key, parameters) => commands[key]?.(parameters) ?? { outcome: 'refused', reason: `no command ${key}` },
  }

  function refusalOf(key: string, value: ControlValue): string | null {
    if (!Object.hasOwn(settings, key)) return `no setting ${key}`
    if (key === 'standby' && value !== 'ready' && machine.turns()) return '主轴正在旋转 / the spindle is turning'
    return null
  }
}

const commands: Record<string, (parameters: Record<string, ControlValue>) => CommandEnd> = {
  self_test: () => ({ outcome: 'done', reason: '各轴、主轴、润滑均正常 / axes, spindle and lubrication in order' }),
  lubricate: ({ pulses }) => ({ outcome: 'done', reason: `${pulses} ×` }),
  restart_controller: () => ({ outcome: 'done' }),
}
