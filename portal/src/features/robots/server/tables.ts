import type { Sealed } from '#platform/server'
import type { RobotKind } from '../core/index.ts'

/** Rows of migrations/0033-robot.sql. */
export interface RobotTables {
  robot: {
    id: string
    kind: RobotKind
    name: string
    address: Sealed
    secret: Sealed | null
    language: 'zh-CN' | 'en'
    active: boolean
    revision: number
    told_at: Date | null
    failure: string | null
    failed_at: Date | null
    /** the last message, where the demo kept it */
    caught: string | null
    created_at: Date
  }
}
export type RobotRow = RobotTables['robot']
