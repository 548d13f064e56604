import type { Platform } from '#platform/server'
import { homeOf } from '../../core/index.ts'

/** Which process judges which machine, as this process has heard. */
export interface Homes {
  /** Whether messages come to another process too. Where they do not, this one judges whatever comes. */
  areShared(): boolean
  isOurs(deviceId: string): boolean
  /** id of a process; of machines that are not ours */
  homeOf(deviceId: string): string
  /** Whether this process is the home of machines at all; false too while nobody knows who lives. */
  haveOurs(): boolean
  /** false: the database has been away so long that another process may think this one dead */
  areKnown(): boolean
  stop(): void
}

/** onMove: machines have another home than before, or nobody knows theirs; not called where this process stays the only one */
export function followHomes({ portals }: Platform, onMove: () => void): Homes {
  const homes = new Map<string, string>()
  let living: readonly string[] = []
  let shared = false

  function follow(): boolean {
    const now = portals.living()
    if (now === null) return true
    const before = shared
    living = now
    shared = now.some(id => id !== portals.self)
    homes.clear()
    return before || shared
  }

  function homeFor(deviceId: string): string {
    const known = homes.get(deviceId)
    if (known) return known
    const home = homeOf(deviceId, living) ?? portals.self
    homes.set(deviceId, home)
    return home
  }

  follow()
  return {
    areShared: () => shared,
    isOurs: deviceId => !shared || homeFor(deviceId) === portals.self,
    homeOf: homeFor,
    haveOurs: () => portals.living()?.includes(portals.self) ?? false,
    areKnown: () => portals.living() !== null,
    stop: portals.onChange(() => {
      if (follow()) onMove()
    }),
  }
}
