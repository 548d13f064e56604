import { createContext } from 'react-router'
import type { Api, Language } from '#platform/core'

/** What a page's loader stands on: `context.get(apiContext).call(endpoint, input)`. */

/**
 * The portal's API under the visitor's name, without a network hop. A problem ends the loader: 401 leads to sign-in,
 * everything else to the nearest error boundary with its status. `problemOf(error)` reads it where a loader wants to go on.
 */
export const apiContext = createContext<Api>()

/** The page's language, from its path. */
export const languageContext = createContext<Language>()

/** Whether the portal is a demo. */
export const demoContext = createContext<boolean>()

/** Origin of the portal as the visitor names it: https://portal.example.com */
export const originContext = createContext<string>()
