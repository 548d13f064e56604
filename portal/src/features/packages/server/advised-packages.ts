import type { LocalizedText } from '#platform/core'
import type { Account, Platform } from '#platform/server'
import type { Offer } from '../core/index.ts'
import { offeredPackages } from './open-rights.ts'
import { readOffering } from './read-offering.ts'
import { listPackages } from './write-packages.ts'

/** held: his company has it at the machine. requested: it has asked for it. open: it may try it or ask for it. told: the reader can do neither */
type Standing = 'held' | 'requested' | 'open' | 'told'

/** For what advises packages: those that can be advised for machines of a type, and how those of one machine stand for a reader, by id. */
export const advisedPackages = {
  async ofType({ database }: Platform, typeId: string): Promise<{ id: string; name: LocalizedText }[]> {
    const offered = (await offeredPackages(database)).filter(({ type_ids }) => type_ids.includes(typeId))
    return offered.map(({ id, name_zh, name_en }) => ({ id, name: { 'zh-CN': name_zh, en: name_en } }))
  },
  async atMachine(
    platform: Platform,
    account: Account,
    deviceId: string,
  ): Promise<Map<string, { name: LocalizedText; standing: Standing }>> {
    if (account.kind === 'staff')
      return new Map((await listPackages(platform)).map(({ id, name }) => [id, { name, standing: 'told' }]))
    const { packages } = await readOffering(platform, account, deviceId)
    return new Map(packages.map(offer => [offer.id, { name: offer.name, standing: standingIn(offer) }]))
  },
}

function standingIn({ standings, mayAsk, mayTry }: Offer): Standing {
  const is = (...statuses: string[]) => standings.some(({ status }) => statuses.includes(status))
  if (is('granted', 'running', 'expiring')) return 'held'
  if (is('requested')) return 'requested'
  return mayAsk || mayTry ? 'open' : 'told'
}
