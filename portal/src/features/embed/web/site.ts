import { createContext, useContext } from 'react'
import type { DeviceStream } from '#features/telemetry/web'
import { type Api, createApi, type Language } from '#platform/core'
import { SentEvents } from './sent-events.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** The portal, as a page of another site has it. */
export interface Site {
  /** origin of the portal */
  portal: string
  language: Language
  api: Api
  /** deviceIds: separated by commas */
  openStream(side: unknown, deviceIds: string): DeviceStream
  /** The reader wants to see a page of the portal; answers whether the other site shows him something itself. */
  follow(path: string): boolean
}

export const SiteContext = createContext<Site | null>(null)

/** Throws where nothing of a page of another site is shown. */
export function useSite(): Site {
  const site = useContext(SiteContext)
  if (!site) throw new Error('This stands in the page of another site')
  return site
}

interface Opening extends Pick<Site, 'portal' | 'language' | 'follow'> {
  tokens: TokenKeeper
}

const refusals = [401, 403, 404]

/**
 * Opens the portal for one element: whatever is asked carries its token, and where that is refused, once more with a new one. What is refused then
 * too, is told to the keeper of the tokens.
 */
export function openSite({ tokens, ...site }: Opening): Site {
  async function ask(path: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const answer = await answerTo(path, headers, signal)
    if (refusals.includes(answer.status)) tokens.refused()
    return answer
  }
  async function answerTo(path: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const askWith = (token: string) =>
      fetch(`${site.portal}${path}`, {
        headers: { ...headers, authorization: `Bearer ${token}`, 'accept-language': site.language },
        ...{ credentials: 'omit', cache: 'no-store', ...(signal ? { signal } : {}) },
      })
    const token = await tokens.current()
    const answer = await askWith(token)
    return answer.status === 401 ? askWith(await tokens.renew(token)) : answer
  }
  return {
    ...site,
    api: createApi((path, { headers }) => ask(path, headers)),
    openStream: (_, deviceIds) =>
      new SentEvents((headers, signal) => ask(`/api/v1/embed/live?device=${deviceIds}`, headers, signal)),
  }
}
