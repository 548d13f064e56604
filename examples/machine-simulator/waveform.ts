/** The simulated front bearing: as the demo's type `vm` has it. Made up. */
export const bearing = { rollers: 19, rollerDiameter: 11.1, pitchDiameter: 90, contactAngle: 15 }

/** samples a second, and of a record */
const [rate, count] = [25_600, 8192]
/** what an impulse makes ring: Hz, and s until it is down to a third */
const [resonance, decay] = [8200, 0.00025]

export interface BearingRecord {
  /** samples a second */
  rate: number
  /** 1/min */
  speed: number
  /** acceleration in m/s² */
  samples: Float32Array
}

export interface Condition {
  /** 1/min */
  speed: number
  /** of the rotor, mm/s root mean square at its turns */
  unbalance: number
  /** % of the rated power */
  cutting: number
  /** of the outer race: 0 sound, 1 worn out */
  damage: number
  random(): number
}

/**
 * Acceleration at a bearing: unbalance, teeth that cut, noise, and where its outer race is damaged an impulse each time a roller passes, which makes the housing
 * ring. Rollers slip by up to a hundredth.
 */
export function recordOf({ speed, unbalance, cutting, damage, random }: Condition): BearingRecord {
  const shaft = speed / 60
  const turn = 2 * Math.PI * shaft
  const [phase, of] = [2 * Math.PI * random(), (velocity: number, order: number) => (Math.SQRT2 * velocity * order * turn) / 1000]
  const noise = 0.5 + 0.02 * cutting
  const samples = Float32Array.from({ length: count }, (_, i) => {
    const angle = (turn * i) / rate + phase
    const rotor = of(unbalance, 1) * Math.sin(angle) + of(5 * damage ** 1.4, 2) * Math.sin(2 * angle)
    return rotor + of(0.012 * cutting, 4) * Math.sin(4 * angle) + noise * (random() + random() + random() + random() - 2) * 1.73
  })
  if (damage > 0) strike(samples, shaft, 60 * damage ** 1.2, random)
  return { rate, speed, samples }
}

function strike(samples: Float32Array, shaft: number, strength: number, random: () => number): void {
  const { rollers, rollerDiameter, pitchDiameter, contactAngle } = bearing
  const ratio = (rollerDiameter / pitchDiameter) * Math.cos((contactAngle * Math.PI) / 180)
  const apart = 1 / ((rollers / 2) * shaft * (1 - ratio))
  for (let at = random() * apart; at < samples.length / rate; at += apart * (1 + 0.01 * (random() - 0.5)))
    for (let i = Math.ceil(at * rate); i < samples.length && i / rate < at + 8 * decay; i++) {
      const since = i / rate - at
      samples[i]! += strength * Math.exp(-since / decay) * Math.sin(2 * Math.PI * resonance * since)
    }
}
