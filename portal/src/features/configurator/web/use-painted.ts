import { createContext, useContext } from 'react'

/**
 * Whether the page has been painted once. Until then the pictures of the options keep their places empty: they would be most of
 * what the first page weighs, and the browser draws them by itself.
 */
export const PaintedContext = createContext(false)
export const usePainted = () => useContext(PaintedContext)
