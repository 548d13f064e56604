import { createContext, useContext } from 'react'

/** The nonce of this page's Content-Security-Policy; every inline script and style element carries it. */
export const NonceContext = createContext<string | undefined>(undefined)
export const useNonce = (): string | undefined => useContext(NonceContext)
