import { machinesToWatch, noSuchDevice, type WatchedMachine } from '#features/devices/server'
import { type Account, decodeCursor, encodeCursor, type Platform } from '#platform/server'
import {
  type FleetMember,
  type FleetPage,
  type FleetWish,
  rankOf,
  type Standing,
  type StateFilter,
  stateFilters,
} from '../core/index.ts'
import type { StateSources } from './sources.ts'
import { standingsOf } from './standings.ts'

/**
 * One page of the machines an account may watch, worst first, with how many of those chosen are in which state. only: ids of those that count
 * at all; null: all of them
 */
export async function readFleet(
  platform: Platform,
  account: Account | null,
  sources: StateSources,
  wish: FleetWish,
  only: readonly string[] | null = null,
): Promise<FleetPage> {
  const all = (await machinesToWatch(platform, account, 'all')).filter(({ id }) => only === null || only.includes(id))
  const chosen = all.filter(machine => isChosen(machine, wish))
  const standings = await standingsOf(platform, chosen, sources, account)
  const members = chosen.map(machine => memberOf(machine, standings.get(machine.id)!))
  const counts = Object.fromEntries(
    stateFilters.map(state => [state, members.filter(member => filterOf(member) === state).length]),
  ) as Record<StateFilter, number>
  const ranked = members
    .filter(member => !wish.state || filterOf(member) === wish.state)
    .map(member => ({ member, place: placeOf(member, wish.by) }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
  const after = wish.cursor ? decodeCursor<{ place: string }>(wish.cursor, { place: 'string' }).place : ''
  const rest = ranked.filter(({ place }) => place > after)
  const page = rest.slice(0, wish.limit)
  return {
    items: page.map(({ member }) => member),
    nextCursor: rest.length > page.length ? encodeCursor({ place: page.at(-1)!.place }) : null,
    ...{ counts, total: all.length },
    types: distinct(all.flatMap(({ type }) => type ?? [])),
    sites: [...new Set(all.flatMap(({ site }) => site ?? []))].toSorted(),
    companies: distinct(all.flatMap(({ company }) => company ?? [])),
  }
}

/** How one machine stands; 404 for whoever may not watch it now. */
export async function readStanding(
  platform: Platform,
  account: Account | null,
  sources: StateSources,
  deviceId: string,
): Promise<Standing> {
  const machines = await machinesToWatch(platform, account, deviceId)
  if (machines.length === 0) throw noSuchDevice()
  return (await standingsOf(platform, machines, sources, account)).get(deviceId)!
}

function isChosen({ serial, model, site, company, type }: WatchedMachine, wish: FleetWish): boolean {
  const words = [serial, model, site, company?.name].map(text => text?.toLowerCase() ?? '')
  return (
    (!wish.type || type?.id === wish.type) &&
    (!wish.site || site === wish.site) &&
    (!wish.company || company?.id === wish.company) &&
    (!wish.q || words.some(text => text.includes(wish.q!.toLowerCase())))
  )
}

function memberOf({ from, withheld, ...machine }: WatchedMachine, { alarms, ...standing }: Standing): FleetMember {
  return { ...machine, ...standing, alarms: { count: alarms.length, worst: alarms[0]?.severity ?? null } }
}

const filterOf = ({ state }: Pick<Standing, 'state'>): StateFilter => state ?? 'unknown'

/** A word by which machines are put in order: two machines never have the same. */
function placeOf({ id, serial, state, health }: FleetMember, by: FleetWish['by']): string {
  const rank = (rankOf(state) * 10).toString().padStart(3, '0')
  const index =
    health?.index == null
      ? 'none'
      : Math.round(health.index * 10)
          .toString()
          .padStart(4, '0')
  return (by === 'health' ? [index, rank] : [rank, index]).concat(serial.toLowerCase(), id).join(' ')
}

const distinct = <Named extends { id: string }>(all: readonly Named[]): Named[] => [
  ...new Map(all.map(one => [one.id, one])).values(),
]
