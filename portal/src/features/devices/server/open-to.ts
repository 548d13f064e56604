import type { Account, Platform } from '#platform/server'

/**
 * At which of these machines something is open to a reader, as whatever the manufacturer sells says it: app/features.ts hands one to each
 * feature that shows what may be sold, so that none of them knows by what. To staff all is open, to nobody nothing.
 * Whether the reader may see a machine at all is not asked here: that is `visibleIntervals`.
 */
export type OpenTo = (
  platform: Platform,
  reader: Pick<Account, 'kind' | 'companyId'> | null,
  deviceIds: readonly string[],
) => Promise<ReadonlySet<string>>

/** Nothing is sold: everything is open. */
export const openToAll: OpenTo = async (_platform, _reader, deviceIds) => new Set(deviceIds)
