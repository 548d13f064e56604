import type { LocalizedText } from '#platform/core'
import type { Account, Platform } from '#platform/server'
import type { PackageStanding } from '../core/index.ts'

/** Who says which packages can be advised: what is sold is another feature's. */
export interface PackageSource {
  /** those that are offered for machines of a type */
  ofType(platform: Platform, typeId: string): Promise<{ id: string; name: LocalizedText }[]>
  /** how those of a machine stand for a reader who sees its present, by id; what is not offered there and not his is absent */
  atMachine(
    platform: Platform,
    account: Account,
    deviceId: string,
  ): Promise<ReadonlyMap<string, { name: LocalizedText; standing: PackageStanding }>>
}

/** Nothing is sold. */
export const noPackages: PackageSource = {
  ofType: async () => [],
  atMachine: async () => new Map(),
}
