import type { ColumnType } from 'kysely'
import type { Controller, ControlValue } from '#features/devices/core'
import type { CommandState, WishOutcome } from '../core/index.ts'

/** Rows of migrations/0057-machine-controls.sql. */
export interface ControlTables {
  setting_wish: Asked & {
    version: number
    key: string
    value: ColumnType<ControlValue, string, string>
    outcome: WishOutcome
    in_force: boolean
  }
  setting_report: { device_id: string; key: string; value: ColumnType<ControlValue, string, string>; at: Date }
  machine_command: Asked & {
    key: string
    parameters: ColumnType<Record<string, ControlValue>, string, string>
    expires_at: Date
    state: CommandState
  }
}

/** What somebody asked of a machine. */
interface Asked {
  id: string
  device_id: string
  asked_as: Controller
  company_id: string | null
  asked_by: string | null
  asked_at: Date
  /** in the words of the machine */
  reason: string | null
  settled_at: Date | null
  /** when it was told as an edge node of Sparkplug; null: it was not, or by messages of the portal's own */
  told_at: Date | null
}
