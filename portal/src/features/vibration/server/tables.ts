import type { ColumnType } from 'kysely'
import type { Analysis, Point, ZoneSet } from '../core/index.ts'

/** What is kept of an analysis beside its lines. */
export interface KeptAnalysis extends Pick<Analysis, 'values' | 'faults'> {
  /** Hz between lines */
  spectrumStep: number
  envelopeStep: number
}

/** Rows of migrations/0069-vibration.sql. */
export interface VibrationTables {
  vibration_plan: {
    type_id: string
    points: ColumnType<Point[], string, string>
    zones: ColumnType<ZoneSet[], string, string>
    revision: number
    updated_at: Date
  }
  vibration_record: {
    device_id: string
    point: string
    at: Date
    received_at: Date
    rate: number
    speed: number | null
    samples: Buffer | null
    analysis: ColumnType<KeptAnalysis | null, string | null, string>
    spectrum: Buffer | null
    envelope: Buffer | null
  }
}
