import { type Compiled, type Decision, decisions as decisionsOf } from '@fettle/engine'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '#platform/web'
import { begin, type Configuring, encodeDecisions, longestLinkState, type Reason, reasonOf, type Step, saveConfiguration } from '../core/index.ts'
import { keepDraft } from './draft.ts'

interface Start {
  compiled: Compiled
  decisions: readonly Decision[]
  slug: string
  modelVersion: string
  modelVersionId: string
}

/** The page's state: the configuration, what it refused last, and the address bar that follows it. */
export function useConfigurator(start: Start) {
  const [configuring, setConfiguring] = useState(() => begin(start.compiled, start.decisions).configuring)
  const [refusal, setRefusal] = useState<Reason | null>(null)
  useAddress(configuring, start)

  const take = useCallback((step: Step | Configuring) => {
    if ('status' in step && step.status === 'conflict') {
      setConfiguring(now => {
        setRefusal(reasonOf(now.compiled, step.explanation))
        return now
      })
      return
    }
    setRefusal(null)
    setConfiguring('status' in step ? step.configuring : step)
  }, [])

  return { configuring, refusal, take, dismissRefusal: () => setRefusal(null) }
}

/** A complete configuration as the API takes it. */
export function draftOf({ state, selection, price }: Configuring, modelVersionId: string) {
  return { modelVersionId, decisions: decisionsOf(state), selection, net: price.status === 'priced' ? price.net : null }
}

/**
 * Keeps the decisions in the address bar, and in this browser for a later visit. A state too long for an address is saved
 * and linked by its token once the visitor pauses; offline it stays in the browser and is saved with the next change.
 */
function useAddress(configuring: Configuring, { slug, modelVersion, modelVersionId }: Start) {
  const navigate = useNavigate()
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const state = encodeDecisions(decisionsOf(configuring.state))
    keepDraft(slug, { version: modelVersion, state })
    const show = (search: Record<string, string>) =>
      navigate({ search: new URLSearchParams(search).toString() }, { replace: true, preventScrollReset: true })
    if (state.length <= longestLinkState) {
      show(state === '' ? {} : { v: modelVersion, c: state })
      return
    }
    const pause = setTimeout(() => {
      api.call(saveConfiguration, { body: draftOf(configuring, modelVersionId) }).then(
        ({ token }) => show({ from: token }),
        () => undefined, // the draft in this browser still holds it
      )
    }, 1000)
    return () => clearTimeout(pause)
  }, [configuring, navigate, slug, modelVersion, modelVersionId])
}
