import { type Compiled, decisions as decisionsOf } from '@fettle/engine'
import { useCallback, useState } from 'react'
import { type Configuring, type Reason, reasonOf, type Step } from '../core/index.ts'

/** The product version that is configured. */
export interface Subject {
  compiled: Compiled
  slug: string
  modelVersion: string
  modelVersionId: string
}

/** What a control does with a step it made. */
export type Take = (step: Step | Configuring) => void

/** The page's state: the configuration, and what it refused last. */
export function useConfigurator(start: Configuring) {
  const [configuring, setConfiguring] = useState(start)
  const [refusal, setRefusal] = useState<Reason | null>(null)
  const take: Take = useCallback(
    step => {
      if ('status' in step && step.status === 'conflict') return setRefusal(reasonOf(start.compiled, step.explanation))
      setRefusal(null)
      setConfiguring('status' in step ? step.configuring : step)
    },
    [start.compiled],
  )
  return { configuring, refusal, take, dismissRefusal: () => setRefusal(null) }
}

/** A complete configuration as the API takes it. */
export function draftOf({ state, selection, price }: Configuring, modelVersionId: string) {
  return { modelVersionId, decisions: decisionsOf(state), selection, net: price.status === 'priced' ? price.net : null }
}
