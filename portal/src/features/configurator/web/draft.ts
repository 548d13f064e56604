/** The last configuration of a product in this browser, for a visitor who comes back without a link. */
export interface Draft {
  version: string
  /** as encodeDecisions writes it */
  state: string
  /** the query of the address that this draft has gone beyond: too long for it, and not saved yet */
  ahead?: string
}

const key = (slug: string) => `fettle.draft.${slug}`

export function keepDraft(slug: string, draft: Draft): void {
  try {
    if (draft.state === '') localStorage.removeItem(key(slug))
    else localStorage.setItem(key(slug), JSON.stringify(draft))
  } catch {
    // storage is full or forbidden: the address bar holds the configuration
  }
}

export function readDraft(slug: string): Draft | null {
  try {
    const { version, state, ahead } = JSON.parse(localStorage.getItem(key(slug)) ?? '{}') as Partial<Draft>
    if (typeof version !== 'string' || typeof state !== 'string') return null
    return { version, state, ...(typeof ahead === 'string' ? { ahead } : {}) }
  } catch {
    return null
  }
}
