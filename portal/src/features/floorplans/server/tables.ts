import type { Sealed } from '#platform/server'

/** Rows of migrations/0082-floor-plans.sql. */
export interface FloorPlanTables {
  floor_plan: {
    id: string
    company_id: string
    name: Sealed
    address: Sealed | null
    width: number
    depth: number
    revision: number
    created_at: Date
  }
  floor_plan_picture: {
    plan_id: string
    hash: string
    width: number
    height: number
    webp: Buffer
  }
  floor_plan_place: {
    company_id: string
    device_id: string
    plan_id: string
    x: number
    y: number
    placed_at: Date
  }
}
