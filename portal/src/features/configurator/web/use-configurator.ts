import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Act } from '../core/acts.ts'
import type { Opening, Outline, View } from '../core/index.ts'
import { type EngineClient, engineClient, type Prospects, type Shown } from './engine-client.ts'

/** The product version that is configured. */
export type Subject = Pick<Opening, 'slug' | 'modelVersion' | 'modelVersionId' | 'prices'> & {
  /** a draft that staff look at: nothing of it is kept, saved, sent or linked */
  preview?: boolean
}

/** What a control does with what was pressed. */
export type Take = (act: Act) => void

/** The engine's thread for the page's product, and what the page shows. */
export function useConfigurator(opening: Opening): { client: EngineClient; shown: Shown } {
  const [client] = useState(() => engineClient(opening))
  useEffect(() => client.start(), [client])
  return { client, shown: useSyncExternalStore(client.subscribe, client.shown, client.shown) }
}

/** Prices, reasons and ways to these options; entries appear as they are known. ready: the engine's thread has begun. */
export function useProspects(client: EngineClient, ids: readonly string[]): { prospects: Prospects; ready: boolean } {
  const { prospects, moment } = useSyncExternalStore(client.subscribe, client.foreseen, client.foreseen)
  const wanted = ids.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each act they are wanted anew
  useEffect(() => client.foresee(wanted === '' ? [] : wanted.split('\n')), [client, wanted, moment])
  return { prospects, ready: moment >= 0 }
}

export const OutlineContext = createContext<Outline | null>(null)

/** The names of the product that is configured. */
export function useOutline(): Outline {
  const outline = useContext(OutlineContext)
  if (!outline) throw new Error('There is no product to configure here')
  return outline
}

/** A complete configuration as the API takes it. */
export const draftOf = ({ decisions, selection, price }: View, modelVersionId: string) => ({
  modelVersionId,
  decisions,
  selection,
  net: price.status === 'priced' ? price.net : null,
})
