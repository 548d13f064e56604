import { type Chance, chance } from '../portal/test/chance.ts'

/** A course of values with happenings of which the truth is known. */
export interface Signal {
  name: string
  world: string
  rows: { at: number; value: number }[]
  /** rows from and until which a detection counts as of a happening, in order: as long and as placed as NAB's */
  windows: [from: number, until: number][]
}

/** How a moment differs from what is usual. */
interface Change {
  /** times of the usual noise */
  shake: number
  /** in usual ranges of the values */
  lift: number
  /** milliseconds: the course is as at another time */
  shift: number
  /** the value stays where it was */
  held: boolean
  /** the value is that of so many values ago; 0: its own */
  from: number
}

/** Something that goes on usually, with what looks odd in it and is not. */
interface World {
  /** minutes from one value to the next */
  every: number
  length: number
  /** a day looks like another; false: it does not matter what time it is */
  hasDays: boolean
  /** values are told in whole numbers of it */
  step: number
  value(at: number, change: Change): number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const begin = Date.parse('2026-01-05T00:00:00Z')
const unchanged: Change = { shake: 1, lift: 0, shift: 0, held: false, from: 0 }

/** Worlds that may be looked at while a detector is made, and others that are kept for judging it. */
export const worlds = {
  development: { traffic, processor, furnace, latency, keys, program, wind },
  holdout: { counts, cycles, room, queue, shifts },
} as const satisfies Record<string, Record<string, (random: Chance) => World>>

type Happening = keyof typeof happenings

type Happens = (random: Chance) => { values?: number; days?: number; change(j: number, at: number): Partial<Change> }

/** What happens: how long it lasts in values (days: in days), and how moment j of it differs. */
const happenings = {
  leap: random => {
    const lift = sign(random) * between(random, 0.6, 1.4)
    return { values: 1 + random.below(3), change: () => ({ lift }) }
  },
  'other level': random => {
    const lift = sign(random) * between(random, 0.3, 0.7)
    return { values: 30 + random.below(300), change: () => ({ lift }) }
  },
  restless: random => {
    const shake = between(random, 2, 4)
    return { values: 50 + random.below(200), change: () => ({ shake }) }
  },
  calm: random => ({ values: 80 + random.below(200), change: () => ({ shake: 0.2 }) }),
  'missing high time': random => ({
    days: 1 + random.below(2),
    change: (_, at) => ({ shift: 3 * hourMs - (at % dayMs) + random.next() * hourMs }),
  }),
  'other time of day': random => {
    const shift = between(random, 5, 12) * hourMs
    return { days: 1 + random.below(2), change: () => ({ shift }) }
  },
  drift: random => {
    const [lift, values] = [sign(random) * between(random, 0.5, 1), 100 + random.below(300)]
    return { values, change: j => ({ lift: (lift * j) / values }) }
  },
  plunge: random => {
    const [lift, values] = [sign(random) * between(random, 0.5, 1), 60 + random.below(250)]
    return { values, change: j => ({ lift: lift * Math.exp((-4 * j) / values) }) }
  },
  'out of order': random => ({ values: 60 + random.below(200), change: () => ({ from: 1 + random.below(400) }) }),
  backwards: random => ({ values: 80 + random.below(200), change: j => ({ from: 2 * j + 1 }) }),
  frozen: random => ({ values: 30 + random.below(150), change: () => ({ held: true }) }),
  'new rhythm': random => {
    const [lift, period] = [between(random, 0.2, 0.5), 5 + random.below(12)]
    return { values: 60 + random.below(150), change: j => ({ lift: lift * Math.sin((2 * Math.PI * j) / period) }) }
  },
} satisfies Record<string, Happens>

/** what can happen everywhere, and where days look alike */
const dailyKinds: readonly Happening[] = ['missing high time', 'other time of day']
const kinds = (Object.keys(happenings) as Happening[]).filter(kind => !dailyKinds.includes(kind))

/** Signals of a world, each with another seed. */
export function signalsOf(part: keyof typeof worlds, seeds: readonly number[]): Signal[] {
  return Object.entries(worlds[part]).flatMap(([name, world], place) =>
    seeds.map(seed => ({ name: `${name} ${seed}`, world: name, ...signal(world, chance(seed * 1000 + place)) })),
  )
}

function signal(make: (random: Chance) => World, random: Chance): Omit<Signal, 'name' | 'world'> {
  const world = make(random)
  const { length, every, hasDays } = world
  const count = 1 + random.below(4)
  const width = Math.floor((0.1 * length) / count)
  const windows = placesOf(random, { length, count, width })
  const changes: Partial<Change>[] = []
  for (const [from] of windows) {
    const kind = random.pick(hasDays ? [...kinds, ...dailyKinds] : kinds)
    const { values, days = 0, change }: ReturnType<Happens> = happenings[kind](random)
    const lasts = values ?? (days * 24 * 60) / every
    // NAB's windows lie around what was labelled, which is where somebody saw it
    const onset = from + Math.floor(width / 2) - Math.floor((random.next() * Math.min(lasts, width)) / 4)
    for (let j = 0; j < lasts && onset + j < length; j++) changes[onset + j] = change(j, begin + (onset + j) * every * minuteMs)
  }
  const rows: Signal['rows'] = []
  const stale = episodes(random, 1 / 1000, 1, 6) // what is sent twice is not new
  for (let i = 0; i < length; i++) {
    const at = begin + i * every * minuteMs
    const change = { ...unchanged, ...changes[i] }
    const value = world.value(at + change.shift, change)
    const ago = change.from || (change.held || stale() ? 1 : 0)
    rows.push({ at, value: ago > 0 && i >= ago ? rows[i - ago]!.value : rounded(value, world.step) })
  }
  return { rows, windows }
}

/** Apart from each other and behind the probation. */
function placesOf(
  random: Chance,
  { length, count, width }: { length: number; count: number; width: number },
): [number, number][] {
  const first = Math.max(0.15 * length, 750) + width
  const room = (length - first) / count
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor(first + i * room + random.next() * Math.max(0, room - 1.3 * width))
    return [from, from + width - 1]
  })
}

/** Counts of rides, visits, calls: a day with two high times, other days at the end of a week, an evening of much now and then. */
function traffic(random: Chance): World {
  const [noise, size] = [kindred(random, 0.8, 0.05, 0.2), 10 ** between(random, 1, 4)]
  const [early, late] = [between(random, 0.4, 1), between(random, 0.6, 1)]
  const odd = episodes(random, 1 / 700, 4, 10)
  const value = (at: number, { shake, lift }: Change) => {
    const hour = (at % dayMs) / hourMs
    const free = Math.floor(at / dayMs + 3) % 7 >= 5
    const day = free
      ? 0.7 * bump(hour, 14, 5) + 0.5 * bump(hour, 23, 3)
      : early * bump(hour, 8.5, 2.5) + late * bump(hour, 18.5, 3)
    return size * Math.max(0, 0.15 + day * (1 + shake * noise() + 0.25 * odd()) + lift)
  }
  return { every: 30, length: 4000 + random.below(6000), hasDays: true, step: 1, value }
}

/** A load that wanders and leaps now and then; once or twice it becomes another, and stays so. */
function processor(random: Chance): World {
  const [noise, leap, level] = [
    kindred(random, 0.6, 2, between(random, 0, 0.6)),
    episodes(random, 1 / 250, 1, 4),
    between(random, 20, 60),
  ]
  const steps = turns(random, 1 / 6000, 6)
  const height = between(random, 8, 25)
  const value = (_: number, { shake, lift }: Change) =>
    Math.max(0, Math.min(100, level + steps() + shake * noise() + height * leap() + 20 * lift))
  return { every: 5, length: 4000 + random.below(12_000), hasDays: false, step: random.in(0.5) ? 0.1 : 0.001, value }
}

/** A temperature that wanders slowly and sinks now and then when something is filled in. */
function furnace(random: Chance): World {
  const [slow, fast] = [kindred(random, 0.995, 5), kindred(random, 0, 0.3, between(random, 0, 0.5))]
  const [filled, depth] = [trickle(random, 1 / 1500, 0.97), between(random, 6, 14)]
  const day = between(random, 0, 3)
  const value = (at: number, { shake, lift }: Change) =>
    85 + slow() + day * Math.sin((2 * Math.PI * at) / dayMs) + shake * fast() - depth * filled() + 30 * lift
  return { every: 5, length: 6000 + random.below(12_000), hasDays: false, step: random.in(0.5) ? 0.1 : 0.001, value }
}

/** Times of answers: a heavy tail, more of it by day. */
function latency(random: Chance): World {
  const [width, tail] = [between(random, 0.1, 0.3), between(random, 1 / 150, 1 / 30)]
  const value = (at: number, { shake, lift }: Change) => {
    const busy = 1 + 0.15 * Math.sin((2 * Math.PI * at) / dayMs)
    const long = random.in(tail) ? (1 - random.next()) ** -0.7 - 1 : 0
    return 40 * busy * Math.exp(width * shake * normal(random)) + 20 * long + 60 * Math.max(-0.6, lift)
  }
  return { every: 5, length: 3000 + random.below(4000), hasDays: false, step: 0.01, value }
}

/** How somebody types: sessions in working hours, of one manner or another, and little else. */
function keys(random: Chance): World {
  const manner = [between(random, 0.05, 0.1), between(random, 0.1, 0.2)]
  const state = { active: false, manner: 0 }
  const value = (at: number, { shake, lift }: Change) => {
    const hour = (at % dayMs) / hourMs
    const likely = hour > 8 && hour < 19 ? 0.06 : 0.008
    if (random.in(state.active ? 0.05 : likely)) Object.assign(state, { active: !state.active, manner: random.below(2) })
    const usual = state.active ? manner[state.manner]! * Math.exp(0.35 * shake * normal(random)) : 0.02 * random.next()
    return Math.max(0, usual + 0.15 * lift)
  }
  return { every: 5, length: 2000 + random.below(4000), hasDays: true, step: 0.0001, value }
}

/** A program of some steps, again and again, each as long as it takes. */
function program(random: Chance): World {
  const heights = Array.from({ length: 4 + random.below(5) }, () => between(random, 0, 10))
  const noise = kindred(random, 0, between(random, 0.05, 0.4))
  const [usual, state] = [3 + random.below(6), { step: 0, left: 4 }]
  const value = (_: number, { shake, lift }: Change) => {
    if (--state.left <= 0) Object.assign(state, { step: (state.step + 1) % heights.length, left: usual + random.below(3) })
    return heights[state.step]! + shake * noise() + 8 * lift
  }
  return { every: 5, length: 3000 + random.below(9000), hasDays: false, step: 0.01, value }
}

/** Something that is calm for hours and wild for others. */
function wind(random: Chance): World {
  const [slow, fast] = [kindred(random, 0.99, 2), kindred(random, 0.4, 1.2, 0.8)]
  const value = (_: number, { shake, lift }: Change) => Math.max(0, 7 + slow() + shake * fast() + 8 * lift)
  return { every: 15, length: 4000 + random.below(8000), hasDays: false, step: 0.1, value }
}

/** Whole numbers by the hour: orders, faults, visitors of a small shop. */
function counts(random: Chance): World {
  const most = between(random, 6, 60)
  const value = (at: number, { shake, lift }: Change) => {
    const free = Math.floor(at / dayMs + 3) % 7 === 6
    const mean = most * (0.05 + (free ? 0.3 : 1) * bump((at % dayMs) / hourMs, 13, 4.5))
    return Math.max(0, Math.round(mean + shake * Math.sqrt(mean) * normal(random) + most * lift))
  }
  return { every: 60, length: 3000 + random.below(5000), hasDays: true, step: 1, value }
}

/** A compressor: pressure falls, and is pumped up again, sooner or later. */
function cycles(random: Chance): World {
  const state = { level: 8, rising: false }
  const [fall, noise] = [between(random, 0.08, 0.2), kindred(random, 0, 0.05)]
  const value = (_: number, { shake, lift }: Change) => {
    if (state.level > 8) state.rising = false
    if (state.level < 6 + 0.3 * random.next()) state.rising = true
    state.level += state.rising ? 4 * fall : -fall * (1 + 0.3 * shake * normal(random))
    return state.level + noise() + 2 * lift
  }
  return { every: 5, length: 3000 + random.below(9000), hasDays: false, step: 0.01, value }
}

/** A room's temperature by the hour: days, weather, a season. */
function room(random: Chance): World {
  const [weather, fast, day] = [kindred(random, 0.99, 2.5), kindred(random, 0.5, 0.4, 0.4), between(random, 0.5, 2)]
  const value = (at: number, { shake, lift }: Change) =>
    21 +
    3 * Math.sin((2 * Math.PI * at) / (300 * dayMs)) +
    day * Math.sin((2 * Math.PI * at) / dayMs) +
    weather() +
    shake * fast() +
    9 * lift
  return { every: 60, length: 4000 + random.below(4000), hasDays: false, step: 0.1, value }
}

/** What waits: mostly nothing, and now and then a lot that is worked off. */
function queue(random: Chance): World {
  const [burst, size] = [trickle(random, 1 / 120, 0.9), between(random, 20, 200)]
  const value = (_: number, { shake, lift }: Change) =>
    Math.max(0, Math.round(size * (burst() + lift) + 3 * shake * Math.abs(normal(random))))
  return { every: 5, length: 4000 + random.below(8000), hasDays: false, step: 1, value }
}

/** Power of a machine in two shifts: off, idle, working, in jobs of any length. */
function shifts(random: Chance): World {
  const [idle, work, noise] = [between(random, 2, 4), between(random, 9, 15), kindred(random, 0.3, 0.3)]
  let working = false
  const value = (at: number, { shake, lift }: Change) => {
    const hour = (at % dayMs) / hourMs
    const open = Math.floor(at / dayMs + 3) % 7 < 6 && hour > 6 && hour < 22
    if (random.in(0.2)) working = !working
    return Math.max(0, (open ? (working ? work : idle) : 0.5) + shake * noise() + 8 * lift)
  }
  return { every: 15, length: 4000 + random.below(8000), hasDays: true, step: 0.01, value }
}

const rounded = (value: number, step: number) => Math.round(value / step) * step
const between = (random: Chance, least: number, most: number) => least + (most - least) * random.next()
const sign = (random: Chance) => (random.in(0.5) ? 1 : -1)
const bump = (hour: number, at: number, width: number) =>
  [-24, 0, 24].reduce((sum, day) => sum + Math.exp(-0.5 * ((hour - at + day) / width) ** 2), 0)

function normal(random: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** Noise of which each value keeps a share of the one before. unrest: how much its size wanders, on the scale of logarithms */
function kindred(random: Chance, share: number, deviation: number, unrest = 0): () => number {
  let now = 0
  const size = unrest > 0 ? kindred(random, 0.98, unrest) : () => 0
  return () => {
    now = share * now + Math.sqrt(1 - share ** 2) * normal(random)
    return deviation * now * Math.exp(size())
  }
}

/** 1 for some values now and then, 0 otherwise. */
function episodes(random: Chance, often: number, least: number, most: number): () => number {
  let left = 0
  return () => {
    if (left > 0) left--
    else if (random.in(often)) left = least + random.below(most - least)
    return left > 0 ? 1 : 0
  }
}

/** Up to one and a half at once now and then, and little by little to nothing. */
function trickle(random: Chance, often: number, share: number): () => number {
  let now = 0
  return () => {
    now = random.in(often) ? now + between(random, 0.5, 1.5) : now * share
    return now
  }
}

/** Another level now and then, which stays. */
function turns(random: Chance, often: number, deviation: number): () => number {
  let now = 0
  return () => {
    if (random.in(often)) now = deviation * normal(random)
    return now
  }
}
