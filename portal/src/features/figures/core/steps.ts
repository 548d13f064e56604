import { minorDigits } from '#platform/core'

/** From the visit to the order, each step counted for itself on the day it happened. `means.<step>` in the texts defines it. */
export const steps = ['visits', 'opened', 'configured', 'saved', 'inquired', 'answered', 'offered', 'won'] as const
export type Step = (typeof steps)[number]

/** Steps that tell where they came from; a saved configuration does not. */
export const sourceSteps = ['visits', 'configured', 'inquired', 'offered', 'won'] as const satisfies readonly Step[]

/** Steps of one product; a visit is of none in particular. */
export const productSteps = steps.filter((step): step is Exclude<Step, 'visits'> => step !== 'visits')

/** Steps a manufacturer may know from before. */
export const stepsBefore = ['visits', 'inquired', 'answered', 'offered', 'won'] as const satisfies readonly Step[]
export type StepBefore = (typeof stepsBefore)[number]

/** Steps of a product a manufacturer may know from before. */
export const productStepsBefore = stepsBefore.filter((step): step is Exclude<StepBefore, 'visits'> => step !== 'visits')

/** Steps that are worth an amount of money. `means.worth.<step>` in the texts defines it. */
export const valuedSteps = ['inquired', 'offered', 'won'] as const satisfies readonly Step[]
export type ValuedStep = (typeof valuedSteps)[number]

export type Counts = Record<Step, number>

/** Every step, those that did not happen as 0. */
export const countsOf = (known: Partial<Counts>): Counts =>
  Object.fromEntries(steps.map(step => [step, known[step] ?? 0])) as Counts

/** Of how many of the step before one became; null where there was nothing to become of. May exceed 1: each step has its own day. */
export const rate = (now: number | null, of: number | null): number | null => (now === null || !of ? null : now / of)

/** Minor units, rounded to whole units of the currency: nobody decides by cents of an average. null of nothing. */
export function average({ net, count }: { net: number; count: number }, currency: string): number | null {
  const unit = 10 ** minorDigits(currency)
  return count === 0 ? null : Math.round(net / count / unit) * unit
}
