/**
 * Which of these portal processes judges a machine, whichever its messages come to; null: there are none. In whatever order they are given.
 * By rendezvous hashing: when one comes it takes its share and nothing else moves, when one goes its share alone does.
 */
export function homeOf(deviceId: string, portals: readonly string[]): string | null {
  const device = hashOf(deviceId)
  let home: string | null = null
  let highest = -1
  for (const portal of portals) {
    const score = mixed(device ^ hashOf(portal))
    if (score < highest || (score === highest && portal < home!)) continue
    ;[home, highest] = [portal, score]
  }
  return home
}

/** FNV-1a of 32 bits, mixed: ids that follow one another differ in few places only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** The last steps of MurmurHash3: every bit of 32 changes half of the others. */
function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
