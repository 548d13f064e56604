const [many, withinMs, mostDevices] = [3, 10 * 60_000, 20_000]

/**
 * Counts how often a second connection of one identity takes over. A device that lost its network and is back does so once; two
 * machines that share an identity put each other out again and again.
 */
export function countTakeovers(clock: () => number = Date.now): (deviceId: string) => { clone: boolean } {
  const takeovers = new Map<string, number[]>()
  return deviceId => {
    const since = clock() - withinMs
    const times = [...(takeovers.get(deviceId) ?? []).filter(at => at > since), clock()].slice(-many)
    takeovers.delete(deviceId)
    takeovers.set(deviceId, times)
    if (takeovers.size > mostDevices) takeovers.delete(takeovers.keys().next().value!)
    return { clone: times.length >= many }
  }
}
