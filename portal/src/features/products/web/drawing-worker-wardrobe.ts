import { wardrobe } from '../core/drawing/wardrobe/drawing.ts'
import { serveDrawings } from './serve-drawings.ts'

serveDrawings({ wardrobe })
