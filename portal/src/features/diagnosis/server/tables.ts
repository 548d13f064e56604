import type { ColumnType } from 'kysely'
import type { Found, Growth } from '../core/index.ts'

/** Rows of migrations/0058-diagnosis.sql, 0078-validity.sql, 0087-watched-times.sql, 0090-later-learning.sql and 0091-what-metrics-tell.sql. */
export interface DiagnosisTables {
  device_diagnosis: {
    device_id: string
    standing: string | null
    revision: number
    assessed_until: Date | null
    learned_days: number
    known_since: Date | null
    leased_until: Date | null
    used_by: string | null
    growth: ColumnType<Growth | null, string | null | undefined, string | null>
    learning_since: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  device_finding: {
    id: string
    device_id: string
    key: string
    kind: Found['kind']
    component: string | null
    score: number
    highest: number
    contributions: ColumnType<Found['contributions'], string, string>
    unused: number | null
    opened_at: Date
    closed_at: Date | null
    alarm_id: string | null
    verdict: 'confirmed' | 'no-fault' | null
  }
  device_watched: { device_id: string; from_at: Date; until_at: Date }
  device_health: { device_id: string; component: string; at: Date; index: number }
}
