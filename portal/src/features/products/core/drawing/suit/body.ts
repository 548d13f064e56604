import { type Chosen, has, value } from '../chosen.ts'

/** What the drawings take from the measurements, in mm. Girths are halved twice: half a front laid flat. */
export interface Body {
  neck: number
  shoulder: number
  /** fall of the shoulder, on the viewer's left and right */
  fall: readonly [number, number]
  chest: number
  waist: number
  seat: number
  /** from the nape down */
  armhole: number
  waistLine: number
  length: number
  sleeve: number
}

export function bodyOf(chosen: Chosen): Body {
  const cm = (group: string, usual: number) => value(chosen, group, usual) * 10
  const ease = has(chosen, 'fit_slim') ? 80 : has(chosen, 'fit_comfort') ? 150 : 110
  const flat = (girth: number, more: number) => (girth + more) * 0.236
  const height = cm('height', 175)
  const fall = has(chosen, 'sl_square') ? 38 : has(chosen, 'sl_sloping') ? 66 : 50
  const length = cm('jacket_length', 74)
  return {
    neck: cm('neck', 40) / 5.4,
    shoulder: cm('shoulder', 46) / 2,
    fall: [fall + cm('low_shoulder', 0), fall],
    chest: flat(cm('chest', 100), ease),
    waist: Math.max(flat(cm('waist', 86), ease + 20), 150),
    seat: flat(cm('hip', 100), ease - 20),
    armhole: height * 0.135,
    waistLine: Math.min(height * 0.245, length * 0.6),
    length,
    sleeve: cm('sleeve', 63),
  }
}
