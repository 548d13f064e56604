import { type RobotKind, services } from '../core/index.ts'

/** Whether a robot of this kind has such an address. moreHosts: of private installations, with their port where they have one */
export function isRobotAddress(kind: RobotKind, address: string, moreHosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const { hosts, path } = services[kind]
  const known = hosts.includes(url.host) ? url.protocol === 'https:' : moreHosts.includes(url.host)
  return known && url.pathname.startsWith(path) && !url.username && !url.password
}
