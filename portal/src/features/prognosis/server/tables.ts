import type { ColumnType, Selectable } from 'kysely'
import type { Judgement, LifeModel, ModelStatus, Score } from '../core/index.ts'

type Jsonb<T> = ColumnType<T | null, string | null | undefined, string | null>

/** Rows of migrations/0060-prognosis.sql and 0070-component-replacement.sql. */
export interface PrognosisTables {
  component_life: {
    id: string
    device_id: string
    component: string
    began_at: Date
    ended_at: Date
    ending: 'failed' | 'censored'
    source: 'staff' | 'import'
    noted_by: string | null
    noted_at: Date
    /** what it was learned from, where nobody noted it as such */
    origin: ColumnType<'replacement' | 'alarm' | null, 'replacement' | 'alarm' | null | undefined, never>
    origin_id: ColumnType<string | null, string | null | undefined, never>
  }
  life_model: {
    id: string
    type_id: string
    component: string
    number: number
    status: ModelStatus
    progress: number
    sensors: string[]
    settings: string[]
    seed: number
    step_ms: ColumnType<string | null, number | null | undefined, number | null>
    horizon: ColumnType<number | null, number | null | undefined, number | null>
    lives: ColumnType<number | null, number | null | undefined, number | null>
    failures: ColumnType<number | null, number | null | undefined, number | null>
    data_from: ColumnType<Date | null, Date | null | undefined, Date | null>
    data_until: ColumnType<Date | null, Date | null | undefined, Date | null>
    judgement: Jsonb<Judgement>
    reasons: string[]
    scores: Jsonb<Score[]>
    model: Jsonb<LifeModel>
    begun_by: string | null
    begun_at: Date
    ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  life_model_activation: {
    id: string
    type_id: string
    component: string
    model_id: string | null
    how: 'activated' | 'rolled-back'
    by_id: string | null
    at: Date
  }
  component_prognosis: {
    id: string
    device_id: string
    component: string
    at: Date
    made_at: Date
    kind: 'model' | 'trend'
    model_id: string | null
    lower_hours: number | null
    median_hours: number | null
    upper_hours: number | null
    beyond: boolean
    reason: string | null
  }
}

export type LifeRow = Selectable<PrognosisTables['component_life']>
