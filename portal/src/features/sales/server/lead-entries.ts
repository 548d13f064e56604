import type { Sealed, Vault } from '#platform/server'

const context = 'lead_entry.data'

/** What an entry of the timeline says: the words of a note or an answer, a status, a name. */
export const sealEntry = (vault: Vault, data: Record<string, unknown>): Promise<Sealed & string> =>
  vault.seal(JSON.stringify(data), context)

export const openEntry = async (vault: Vault, data: Sealed): Promise<Record<string, unknown>> =>
  JSON.parse(await vault.open(data, context)) as Record<string, unknown>
