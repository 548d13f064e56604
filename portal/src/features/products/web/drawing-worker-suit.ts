import { suit } from '../core/drawing/suit/drawing.ts'
import { serveDrawings } from './serve-drawings.ts'

serveDrawings({ suit })
