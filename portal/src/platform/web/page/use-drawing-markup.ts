import { useMemo } from 'react'
import { trustedDrawing } from './trusted.ts'

/**
 * An SVG drawing for `dangerouslySetInnerHTML`. The same object for the same text: with Trusted Types two of the same text are not
 * equal, and React would write the markup anew at every rendering, over what the server has sent.
 */
export const useDrawingMarkup = (svg: string): { __html: string } => useMemo(() => ({ __html: trustedDrawing(svg) }), [svg])
