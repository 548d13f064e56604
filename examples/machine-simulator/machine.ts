import { type BearingRecord, recordOf } from './waveform.ts'

/** What goes wrong with a simulated machine. */
export const faults = {
  bearing: 'a damaged raceway: the front bearing wears by itself, faster and faster',
  coolant: 'coolant is lost: it gets warm, and the spindle with it',
  balance: 'the holder is out of balance',
  sensor:
    'a loose contact: the thermometer of the bearing reads far too high at times, ever more often. The machine itself is well',
} as const
export type Fault = keyof typeof faults

/** hours of work until a fault is as bad as it gets */
export const usualFaultHours = 300

export interface MachineOptions {
  seed: number
  /** highest speed in revolutions per minute, rated power in kW */
  spindle: { speed: number; power: number }
  /** when its life begins; the same seed and beginning give the same life, however often it is asked */
  begin: Date
  fault?: Fault
  /** hours of work until the fault is as bad as it gets; default usualFaultHours */
  faultHours?: number
  /** hours of work before the fault begins; default 0 */
  soundHours?: number
  /** °C in the hall */
  hall?: number
}

/** What its sensors say, by the keys of the demo's type `vm`. */
export interface Sensors {
  /** 1/min */
  spindle_speed: number
  /** % of the rated power */
  spindle_load: number
  /** °C, of the motor */
  spindle_temperature: number
  /** mm/s, root mean square of 10 to 1000 Hz at the front bearing */
  spindle_vibration: number
  /** °C */
  bearing_temperature: number
  /** mm/min */
  feed_rate: number
  /** kW, of the whole machine */
  power: number
  /** % */
  coolant_level: number
  /** °C */
  coolant_temperature: number
  /** bar */
  coolant_pressure: number
  /** bar */
  lubrication_pressure: number
  /** bar */
  air_pressure: number
  /** °C */
  cabinet_temperature: number
  tool_number: number
  parts_made: number
  /** h */
  spindle_hours: number
}

export interface Machine {
  /** From now on this goes wrong with it, in place of what did; the same again goes on at the new pace. hours: of work, until it is as bad as it gets */
  fail(fault: Fault, hours: number): void
  /** Nothing is wrong with it any more: what was worn is replaced. */
  heal(): void
  /** what is wrong with it, and how much of it there is: 0 to 1 */
  wrong(): { fault: Fault; damage: number } | null
  /** The highest share of its speed that jobs may ask of the spindle, from now on. share: 0.5 to 1 */
  limitSpeed(share: number): void
  /** whether the spindle turns */
  turns(): boolean
  /** A record of the front bearing as it turns now; what its life becomes does not depend on whether somebody asks. Null: it turns too slowly */
  record(): BearingRecord | null
  /** Lets time pass, to the next whole 5 s, and answers what the sensors say then. Times come in order. */
  step(at: Date): Sensors
}

/** A job of the spindle: it cuts, or the next part is set up. */
interface Job {
  /** seconds */
  left: number
  /** 1/min; 0: it stands */
  speed: number
  /** % of the rated power that cutting takes */
  cut: number
}

const rotorSeconds = 1.6 // to follow a new speed
const housingSeconds = 1500 // to warm up
const coolantSeconds = 5400
const tick = 5 // seconds; its life goes on in such steps

/**
 * A machining centre. Its spindle speeds up and cuts in cycles of a shift; friction grows with speed, load and wear and warms the bearing, which
 * the coolant cools; vibration is unbalance (with the square of the speed), cutting and damage.
 */
export function createMachine({
  seed,
  spindle,
  begin,
  fault: given,
  faultHours: givenHours = usualFaultHours,
  soundHours = 0,
  hall = 21,
}: MachineOptions): Machine {
  const random = mulberry32(seed)
  const sensor = mulberry32(seed + 1)
  const noise = (width: number) => (sensor() + sensor() + sensor() - 1.5) * width
  let now = Math.ceil(begin.getTime() / 1000 / tick) * tick
  let job: Job = { left: 0, speed: 0, cut: 0 }
  let [speed, motor, bearing, coolant, cabinet] = [0, hall, hall, hall, hall]
  let [toolWear, tool, parts, level] = [random() * 60, 1, Math.floor(random() * 4000), 70 + random() * 28]
  let hours = 1500 + random() * 5000
  let soundUntil = hours + soundHours
  let [fault, faultHours, damage] = [given, givenHours, 0]
  let limit = 1

  function nextJob(): Job {
    const local = new Date((now + 8 * 3600) * 1000) // where the demo's customers are
    const hour = local.getUTCHours() + local.getUTCMinutes() / 60
    const atWork = local.getUTCDay() !== 0 && hour >= 7.5 && hour < 22 && !(hour >= 11.8 && hour < 12.6)
    if (!atWork) return { left: 120, speed: 0, cut: 0 }
    tool = 1 + Math.floor(random() * 24)
    if (job.speed > 0 && random() < 0.45) {
      parts++
      return { left: 15 + random() * 75, speed: 0, cut: 0 } // the next one is clamped
    }
    return random() < 0.4
      ? { left: 40 + random() * 160, speed: spindle.speed * (0.7 + random() * 0.3), cut: 8 + random() * 14 }
      : { left: 60 + random() * 240, speed: spindle.speed * (0.25 + random() * 0.35), cut: 35 + random() * 45 }
  }

  function pass(): void {
    now += tick
    job.left -= tick
    if (job.left <= 0) {
      if (toolWear > 100) toolWear = 0 // it is changed
      if (level < 45) level = 96 // it is filled up
      job = nextJob()
    }
    const share = (seconds: number) => 1 - Math.exp(-tick / seconds)
    speed += (Math.min(job.speed, limit * spindle.speed) - speed) * share(rotorSeconds)
    const turning = speed / spindle.speed
    if (turning > 0.02) hours += tick / 3600
    const cutting = turning > 0.05 ? job.cut : 0
    toolWear += ((tick / 3600) * 30 * cutting) / 50
    if (fault && turning > 0.1 && hours >= soundUntil)
      damage = Math.min(1, damage + (tick / 3600 / faultHours) * (0.4 + 2.2 * damage))
    const lost = fault === 'coolant' ? damage : 0
    level -= (tick / 3600) * (0.25 + 2 * lost) * (cutting > 0 ? 1 : 0)
    const friction = 14 * turning ** 1.6 + (9 * cutting * turning) / 80 + (fault === 'bearing' ? 26 * damage * turning : 0)
    bearing += (hall + (coolant - hall) * 0.6 + friction * (1 + 0.9 * lost) - bearing) * share(housingSeconds)
    motor += (hall + 8 * turning + 0.22 * cutting - motor) * share(housingSeconds * 0.7)
    coolant += (hall + 4 * turning + 0.06 * cutting + 13 * lost * turning - coolant) * share(coolantSeconds)
    cabinet += (hall + 5 + 6 * turning + 0.05 * cutting - cabinet) * share(coolantSeconds)
  }

  /** what a loose contact adds to a thermometer, °C */
  const loosened = () => (fault === 'sensor' && damage > 0 && sensor() < 0.2 + 0.6 * damage ? 30 + 50 * sensor() : 0)

  return {
    fail(next, hoursUntilWorst) {
      if (next !== fault) damage = 0
      ;[fault, faultHours, soundUntil] = [next, hoursUntilWorst, hours]
    },
    heal() {
      ;[fault, damage] = [undefined, 0]
    },
    wrong: () => (fault ? { fault, damage } : null),
    limitSpeed(share) {
      limit = share
    },
    turns: () => speed / spindle.speed > 0.02,
    record() {
      const turning = speed / spindle.speed
      if (turning < 0.65) return null
      const random = mulberry32(seed ^ now)
      const unbalance = (fault === 'balance' ? 0.9 + 4 * damage : 0.9) * turning ** 2
      return recordOf({ speed, unbalance, cutting: job.cut, damage: fault === 'bearing' ? damage : 0, random })
    },
    step(at) {
      while (now * 1000 < at.getTime()) pass()
      const turning = speed / spindle.speed
      const cutting = turning > 0.05 ? job.cut : 0
      const load = turning > 0.02 ? Math.max(0, 2 + 6 * turning + cutting * (1 + toolWear / 400) + noise(2.5)) : 0
      const unbalance = (fault === 'balance' ? 0.9 + 4 * damage : 0.9) * turning ** 2
      const rolling = fault === 'bearing' ? 6.5 * damage ** 1.4 * turning : 0
      const shaking = Math.hypot(0.12, unbalance, 0.012 * cutting * (1 + toolWear / 150), rolling)
      return {
        spindle_speed: round(Math.max(0, speed + (turning > 0.02 ? noise(6) : -speed)), 0),
        spindle_load: round(load, 1),
        spindle_temperature: round(motor + noise(0.2), 1),
        spindle_vibration: round(Math.max(0, shaking * (1 + noise(0.06))), 2),
        bearing_temperature: round(bearing + noise(0.15) + loosened(), 1),
        feed_rate: round(cutting > 0 ? Math.max(0, 600 + 90 * (80 - cutting) + noise(150)) : 0, 0),
        power: round(1.4 + (spindle.power * load) / 100 + (cutting > 0 ? 1.8 : 0) + noise(0.06), 2),
        coolant_level: round(level, 0),
        coolant_temperature: round(coolant + noise(0.1), 1),
        coolant_pressure: round(Math.max(0, cutting > 0 ? 5.2 - (fault === 'coolant' ? 2 * damage : 0) + noise(0.2) : 0), 1),
        lubrication_pressure: round(24 + noise(0.6), 1),
        air_pressure: round(6.1 + noise(0.08), 2),
        cabinet_temperature: round(cabinet + noise(0.1), 1),
        tool_number: tool,
        parts_made: parts,
        spindle_hours: round(hours, 1),
      }
    },
  }
}

const round = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals

/** https://github.com/cprosche/mulberry32: small, and good enough for noise */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
