import { machiningCentre } from '../core/drawing/machining-centre/drawing.ts'
import { rotaryTable } from '../core/drawing/rotary-table/drawing.ts'
import { serveDrawings } from './serve-drawings.ts'

/** Draws machines, and what has no drawing of its own. */
serveDrawings({ 'machining-centre': machiningCentre, 'rotary-table': rotaryTable })
