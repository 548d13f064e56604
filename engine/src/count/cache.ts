/** What was found for parts met before, by a key of bytes that is compared whole. */
export interface Cache {
  /** the node found for the key written last, or -1 */
  find(): number
  /** writes down the node of a place that `reserve` gave */
  set(entry: number, node: number): void
  /** keeps the key written last, for a node that is not known yet */
  reserve(): number
  /** starts a new key */
  begin(): void
  /** adds a whole number from 0 to 2^53 to the key */
  add(value: number): void
  /** bytes of all keys */
  bytes(): number
}

export function createCache(): Cache {
  let keys = new Uint8Array(1 << 16)
  let used = 0
  let end = 0
  let slots = new Int32Array(1 << 12).fill(-1)
  const nodes: number[] = []
  const starts: number[] = [0]
  const hashes: number[] = []

  const hash = () => {
    let h = 0x811c9dc5
    for (let at = used; at < end; at++) h = Math.imul(h ^ keys[at]!, 0x01000193)
    h ^= h >>> 15
    return Math.imul(h, 0x2c1b3c6d) >>> 0
  }
  const isSame = (entry: number) => {
    const start = starts[entry]!
    const length = end - used
    if (starts[entry + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (keys[start + i] !== keys[used + i]) return false
    return true
  }
  const grow = () => {
    slots = new Int32Array(2 * slots.length).fill(-1)
    hashes.forEach((h, entry) => {
      place(h, entry)
    })
  }
  const place = (h: number, entry: number) => {
    let slot = h & (slots.length - 1)
    while (slots[slot]! >= 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = entry
  }

  return {
    begin() {
      end = used
    },
    add(value) {
      if (end + 8 > keys.length) {
        const larger = new Uint8Array(2 * keys.length)
        larger.set(keys)
        keys = larger
      }
      while (value >= 128) {
        keys[end++] = (value % 128) + 128
        value = Math.floor(value / 128)
      }
      keys[end++] = value
    },
    find() {
      const h = hash()
      for (let slot = h & (slots.length - 1); slots[slot]! >= 0; slot = (slot + 1) & (slots.length - 1)) {
        const entry = slots[slot]!
        if (hashes[entry] === h && isSame(entry)) return nodes[entry]!
      }
      return -1
    },
    reserve() {
      const entry = nodes.push(-1) - 1
      const h = hash()
      hashes.push(h)
      used = end
      starts.push(end)
      if (2 * nodes.length > slots.length) grow()
      else place(h, entry)
      return entry
    },
    set(entry, node) {
      nodes[entry] = node
    },
    bytes: () => used,
  }
}
