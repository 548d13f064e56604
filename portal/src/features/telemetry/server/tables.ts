import type { ColumnType } from 'kysely'
import type { FeatureRefusal, WireRefusal } from '#platform/core'
import type { BornMetric, EdgeNode } from '../core/index.ts'

/** Rows of migrations/0053-telemetry.sql, 0056-sparkplug.sql, 0063-device-links.sql and 0086-reading-retention.sql; cloned_times of 0072-device-authorities.sql. */
export interface TelemetryTables {
  device_connection: {
    device_id: string
    connected: boolean
    since: Date
    cloned_at: Date | null
    cloned_times: ColumnType<number, number | undefined, number>
    /** as the machine calls its connection; null: it does not, or our own broker has it */
    session: ColumnType<string | null, string | null | undefined, string | null>
  }
  device_refusal: {
    device_id: string
    reason: FeatureRefusal | WireRefusal
    /** when it began */
    hour: Date
    count: string
    first_at: Date
    last_at: Date
  }
  sparkplug_node: {
    device_id: string
    version: number
    birth: number
    metrics: BornMetric[]
    state: EdgeNode
  }
  reading_retention: {
    only_one: boolean
    months: number | null
    next_months: number | null
    next_since: Date | null
    revision: number
  }
}
