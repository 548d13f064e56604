import { scaled, unscaled } from './decimal.ts'
import type { Grid } from './model-index.ts'

/** The value at a place of a grid. */
export const valueAt = (grid: Grid, place: number) => unscaled(grid.min + place * grid.step, grid.decimals)

/** The place of a value that lies on the grid. */
export const placeOfValue = (grid: Grid, value: number) => (scaled(value, grid.decimals)! - grid.min) / grid.step
