/** Zones of vibration severity: A newly commissioned, B may run on, C not for long, D does damage [ISO 20816-1]. */
export const zones = ['A', 'B', 'C', 'D'] as const
export type Zone = (typeof zones)[number]

/** Boundaries of velocity in mm/s, as the manufacturer entered them. */
export interface Boundaries {
  ab: number
  bc: number
  cd: number
}

/** In which zone a velocity lies; a boundary belongs to the worse of both. */
export const zoneOf = (velocity: number, { ab, bc, cd }: Boundaries): Zone =>
  velocity < ab ? 'A' : velocity < bc ? 'B' : velocity < cd ? 'C' : 'D'

/** In the words of NAMUR NE 107. */
export const statusOfZone = {
  A: 'good',
  B: 'good',
  C: 'maintenance-required',
  D: 'out-of-specification',
} as const satisfies Record<Zone, string>
