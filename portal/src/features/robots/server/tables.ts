import type { Severity } from '#features/alarms/core'
import type { Sealed } from '#platform/server'
import type { RobotKind, RobotSubject } from '../core/index.ts'

/** Rows of migrations/0033-robot.sql, 0065-robot-alarms.sql and 0099-robots-of-companies.sql. */
export interface RobotTables {
  robot: {
    id: string
    /** null: of the manufacturer */
    company_id: string | null
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
    tells: RobotSubject[]
    /** the lowest severity of alarms it is told of */
    alarms_from: Severity
  }
  robot_alarm: {
    robot_id: string
    alarm_id: string
    at: Date
    state: 'waiting' | 'sent' | 'bundled' | 'dropped'
    settled_at: Date | null
  }
}
export type RobotRow = RobotTables['robot']
