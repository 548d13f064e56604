/** Places are told in ten-thousandths of the plan: of its width from the left, of its depth from the top. So they stay where they are, whatever the plan's size. */
export const whole = 10_000

export interface Place {
  x: number
  y: number
}

/** Metres. */
export interface Size {
  width: number
  depth: number
}

export const fewestMetres = 2
export const mostMetres = 2000

/** More on one drawing cannot be told apart; a company with more machines has more halls. */
export const mostPlaces = 300

/** Metres that one press of an arrow key moves a machine: by hand, and in large steps. */
export const strides = { small: 0.5, large: 5 } as const

export type Direction = 'left' | 'right' | 'up' | 'down'

const ways: Record<Direction, readonly [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }

/** A place some metres further. It never leaves the plan. */
export function moved(place: Place, direction: Direction, metres: number, { width, depth }: Size): Place {
  const [right, down] = ways[direction]
  return onPlan({ x: place.x + (right * metres * whole) / width, y: place.y + (down * metres * whole) / depth })
}

/** The nearest place that is on the plan, as it is kept. */
export const onPlan = ({ x, y }: Place): Place => ({ x: kept(x), y: kept(y) })

const kept = (share: number): number => Math.min(whole, Math.max(0, Math.round(share)))

/** Metres from the left and from the top, to the tenth. */
export const metresOf = ({ x, y }: Place, { width, depth }: Size): { x: number; y: number } => ({
  x: Math.round((x * width * 10) / whole) / 10,
  y: Math.round((y * depth * 10) / whole) / 10,
})

/** The other way round. */
export const placeAt = (metres: { x: number; y: number }, { width, depth }: Size): Place =>
  onPlan({ x: (metres.x * whole) / width, y: (metres.y * whole) / depth })

/** How many steps of its raster a plan has to keep clear of each other machine when one is put down without being told where. */
const raster = 12

/** Where a machine is put down without being told where: the first place, row by row from the middle, that keeps clear of the others. */
export function freePlace(taken: readonly Place[]): Place {
  const step = whole / raster
  const spots = Array.from({ length: (raster - 1) ** 2 }, (_, index) => ({
    x: Math.round(((index % (raster - 1)) + 1) * step),
    y: Math.round((Math.floor(index / (raster - 1)) + 1) * step),
  })).toSorted((a, b) => fromMiddle(a) - fromMiddle(b))
  const clear = ({ x, y }: Place) => taken.every(other => Math.max(Math.abs(other.x - x), Math.abs(other.y - y)) >= step * 0.9)
  return spots.find(clear) ?? { x: whole / 2, y: whole / 2 }
}

const fromMiddle = ({ x, y }: Place): number => Math.abs(y - whole / 2) * 2 * whole + Math.abs(x - whole / 2)

/** px */
export interface Drawn {
  width: number
  height: number
}

/** px: half of a mark, and half of what it takes in height with its words beside it */
const [half, tall] = [17, 22]

/** On which side of its mark a machine's words stand: right, unless they would leave the plan there. words: px that they take */
export const sideOf = ({ x }: Place, drawn: Drawn, words: number): 'left' | 'right' =>
  (x * drawn.width) / whole + half + words > drawn.width ? 'left' : 'right'

/** What stands with every mark: words beside it, its serial number alone below it, or nothing. */
export type Legend = 'words' | 'serial' | 'none'

/** The most that every mark has room for, where the plan is drawn so large. words, serial: px that the longest take */
export function legendOf(places: readonly Place[], drawn: Drawn, { words, serial }: { words: number; serial: number }): Legend {
  const at = places.map(({ x, y }) => [(x * drawn.width) / whole, (y * drawn.height) / whole] as const)
  const beside = at.map(([x, y], index) => {
    const left = sideOf(places[index]!, drawn, words) === 'left'
    return boxAround(x, y, { left: left ? half + words : half, right: left ? half : half + words, up: tall, down: tall })
  })
  if (apart(beside) && beside.every(({ left }) => left >= 0)) return 'words'
  const wide = Math.max(half, serial / 2)
  const below = at.map(([x, y]) => boxAround(x, y, { left: wide, right: wide, up: half, down: half + 16 }))
  return apart(below) ? 'serial' : 'none'
}

/** px */
interface Box {
  left: number
  right: number
  up: number
  down: number
}

const boxAround = (x: number, y: number, { left, right, up, down }: Box): Box => ({
  ...{ left: x - left, right: x + right, up: y - up, down: y + down },
})

const apart = (boxes: readonly Box[]): boolean =>
  boxes.every((a, index) =>
    boxes.slice(index + 1).every(b => a.right <= b.left || b.right <= a.left || a.down <= b.up || b.down <= a.up),
  )
