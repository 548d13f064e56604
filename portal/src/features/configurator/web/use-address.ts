import { useCallback, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { api } from '#platform/web'
import { encodeDecisions, longestLinkState, saveConfiguration, type View } from '../core/index.ts'
import { keepDraft } from './draft.ts'
import type { EngineClient } from './engine-client.ts'
import { draftOf, type Subject } from './use-configurator.ts'
import { useOnline } from './use-online.ts'

/** Rest before a configuration too long for an address is saved, ms. */
const pause = 1000

/**
 * Keeps decisions and step in the address bar, and in this browser for a later visit. A configuration too long for an address is
 * saved and linked by its token once the visitor rests; until then, and without a network, this browser holds what the address
 * does not say yet. Answers a function that gives the link to this very configuration.
 */
export function useAddress(
  view: View,
  client: EngineClient,
  step: string | null,
  subject: Subject,
  leadId: string | null,
): () => Promise<string> {
  const { slug, modelVersion, modelVersionId, preview } = subject
  const navigate = useNavigate()
  const online = useOnline()
  const latest = useRef({ step })
  latest.current = { step }
  /** the state of the address, and its token where it is saved */
  const shown = useRef<{ state: string; token: string | null } | null>(null)

  const show = useCallback(
    (state: string, token: string | null) => {
      // Going to another step is no change: it must not replace what an earlier visit left here.
      if (shown.current?.state !== state) keepDraft(slug, { version: modelVersion, state })
      shown.current = { state, token }
      const search = searchOf({ state, token, version: modelVersion, step: latest.current.step, leadId })
      if (search !== location.search) void navigate({ search }, { replace: true, preventScrollReset: true })
    },
    [navigate, slug, modelVersion, leadId],
  )
  const save = useCallback(async () => {
    const { token } = await api.call(saveConfiguration, { body: draftOf(await client.settled(), modelVersionId) })
    return token
  }, [client, modelVersionId])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a step gone to is written into the address as well
  useEffect(() => {
    if (preview) return
    const state = encodeDecisions(view.decisions)
    if (shown.current === null) {
      // What the page started from stands in the address already.
      shown.current = { state, token: new URLSearchParams(location.search).get('from') }
      return
    }
    if (state === shown.current?.state) return show(state, shown.current.token)
    if (fits(state, modelVersion)) return show(state, null)
    keepDraft(slug, { version: modelVersion, state, ahead: location.search })
    if (!online) return
    let current = true
    const rest = setTimeout(() => {
      save().then(
        token => current && show(state, token),
        () => undefined, // this browser holds it; it is saved with the next change or when the network is back
      )
    }, pause)
    return () => {
      current = false
      clearTimeout(rest)
    }
  }, [view.decisions, step, online, show, save, slug, modelVersion, preview])

  return useCallback(async () => {
    const { step } = latest.current
    const state = encodeDecisions((await client.settled()).decisions)
    const known = shown.current?.state === state ? shown.current.token : null
    const token = known ?? (fits(state, modelVersion) ? null : await save())
    return `${location.origin}${location.pathname}${searchOf({ state, token, version: modelVersion, step })}`
  }, [client, save, modelVersion])
}

/** Whether the whole address with this state stays short enough to be passed on. */
const fits = (state: string, version: string): boolean =>
  location.origin.length + location.pathname.length + searchOf({ state, token: null, version, step: null }).length <=
  longestLinkState

interface Address {
  state: string
  token: string | null
  version: string
  step: string | null
  /** whoever it is worked out for; links that are passed on do not name him */
  leadId?: string | null
}

function searchOf({ state, token, version, step, leadId = null }: Address): string {
  const search = new URLSearchParams()
  if (token) search.set('from', token)
  else if (state !== '') {
    search.set('v', version)
    search.set('c', state)
  }
  if (step !== null) search.set('s', step)
  if (leadId !== null) search.set('lead', leadId)
  // Both signs may stand in a query as they are, and every link is full of them.
  const text = search.toString().replaceAll('%7E', '~').replaceAll('%21', '!')
  return text === '' ? '' : `?${text}`
}
