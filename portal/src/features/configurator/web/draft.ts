/** The last configuration of a product in this browser, for a visitor who comes back without a link. */
export interface Draft {
  version: string
  /** as encodeDecisions writes it */
  state: string
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
    const draft = JSON.parse(localStorage.getItem(key(slug)) ?? 'null') as Partial<Draft> | null
    return typeof draft?.version === 'string' && typeof draft.state === 'string' ? { version: draft.version, state: draft.state } : null
  } catch {
    return null
  }
}
