import { useState } from 'react'
import type { Page, Problem } from '#platform/core'
import { useProblem } from './use-problem.ts'

/** What a DataTable needs of a list that comes in pages. */
export interface Pages<Item> {
  rows: readonly Item[]
  hasMore: boolean
  loadingMore: boolean
  /** why the last "load more" brought nothing */
  moreProblem: Problem | undefined
  onMore(): void
}

/**
 * A list in pages: the first as the loader brought it, and what "load more" adds. It begins anew when the loader brings another first
 * page, after a change of filters or of the list itself.
 */
export function usePages<Item>(first: Page<Item>, next: (cursor: string) => Promise<Page<Item>>): Pages<Item> {
  const [further, setFurther] = useState({ of: first, items: [] as readonly Item[], cursor: first.nextCursor })
  const [loadingMore, setLoading] = useState(false)
  const { problem, attempt } = useProblem()
  const now = further.of === first ? further : { items: [], cursor: first.nextCursor }
  const load = async (cursor: string) => {
    setLoading(true)
    const page = await attempt(() => next(cursor)).finally(() => setLoading(false))
    if (page) setFurther({ of: first, items: [...now.items, ...page.items], cursor: page.nextCursor })
  }
  return {
    rows: [...first.items, ...now.items],
    hasMore: now.cursor !== null,
    loadingMore,
    moreProblem: problem ?? undefined,
    onMore: () => void (now.cursor && load(now.cursor)),
  }
}
