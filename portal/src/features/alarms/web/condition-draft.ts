import type { Comparison, Condition, Leaf, Part } from '../core/index.ts'

/** How long something has to hold, and how often to begin within which time. */
export interface HoldingDraft {
  lasting: string
  times: string
  timesWithin: string
}

/** A condition as it is being typed: every field of every kind, so that nothing is lost while one tries kinds. */
export interface PartDraft extends HoldingDraft {
  /** of this row, while the page is open */
  id: string
  kind: Leaf['kind']
  metric: string
  op: Comparison
  value: string
  hysteresis: string
  rateSide: 'rise' | 'fall'
  deviationSide: 'above' | 'below' | 'both'
  seconds: string
  factor: string
  hours: string
  days: readonly number[]
  from: string
  until: string
  zone: string
}

/** Conditions of which all or any have to hold. Of the whole condition some may be groups again, of those none. */
export interface GroupDraft extends HoldingDraft {
  id: string
  kind: 'group'
  join: 'all' | 'any'
  parts: readonly (PartDraft | GroupDraft)[]
}

const unheld: HoldingDraft = { lasting: '', times: '', timesWithin: '' }

export const newPartDraft = (metric: string, zone: string): PartDraft => ({
  ...{ id: crypto.randomUUID(), kind: 'threshold', metric, op: 'gt', value: '', hysteresis: '', ...unheld },
  ...{ rateSide: 'rise', deviationSide: 'both', seconds: '', factor: '6', hours: '72' },
  ...{ days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00', zone },
})

export const newGroupDraft = (metric: string, zone: string): GroupDraft => ({
  ...{ id: crypto.randomUUID(), kind: 'group', join: 'all', ...unheld, parts: [newPartDraft(metric, zone)] },
})

export const groupDraftOf = (group: Condition, zone: string): GroupDraft => ({
  ...{ id: crypto.randomUUID(), kind: 'group', join: group.join, ...holdingDraftOf(group) },
  parts: group.parts.map(part => (part.kind === 'group' ? groupDraftOf(part, zone) : partDraftOf(part, zone))),
})

function partDraftOf(leaf: Leaf, zone: string): PartDraft {
  const metric = 'metric' in leaf ? (leaf.metric ?? '') : ''
  const draft = { ...newPartDraft(metric, zone), kind: leaf.kind, ...holdingDraftOf(leaf) }
  switch (leaf.kind) {
    case 'threshold':
      return { ...draft, op: leaf.op, value: text(leaf.value), hysteresis: text(leaf.hysteresis) }
    case 'rate':
      return { ...draft, rateSide: leaf.side, value: text(leaf.value), seconds: text(leaf.seconds) }
    case 'deviation':
      return { ...draft, deviationSide: leaf.side, factor: text(leaf.factor), hours: text(leaf.hours) }
    case 'silence':
      return { ...draft, seconds: text(leaf.seconds) }
    case 'schedule':
      return { ...draft, days: leaf.days, from: leaf.from, until: leaf.until, zone: leaf.zone }
  }
}

function holdingDraftOf(part: Part): HoldingDraft {
  if (part.kind === 'silence' || part.kind === 'schedule') return unheld
  return { lasting: text(part.lasting), times: text(part.repeated?.times), timesWithin: text(part.repeated?.seconds) }
}

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** What was typed as the API takes it, which has groups one deep as the form offers them. */
export const conditionOf = ({ join, parts, ...held }: GroupDraft): Condition =>
  ({
    ...{ kind: 'group', join, ...holdingOf(held) },
    parts: parts.map(part => (part.kind === 'group' ? conditionOf(part) : leafOf(part))),
  }) as Condition

function leafOf(draft: PartDraft): Leaf {
  const { kind, metric } = draft
  const held = holdingOf(draft)
  switch (kind) {
    case 'threshold': {
      const hysteresis = optionalNumber(draft.hysteresis)
      const { op } = draft
      return { kind, metric, op, value: number(draft.value), ...(hysteresis === undefined ? {} : { hysteresis }), ...held }
    }
    case 'rate':
      return { kind, metric, side: draft.rateSide, value: number(draft.value), seconds: number(draft.seconds), ...held }
    case 'deviation':
      return { kind, metric, side: draft.deviationSide, factor: number(draft.factor), hours: number(draft.hours), ...held }
    case 'silence':
      return { kind, metric: metric || null, seconds: number(draft.seconds) }
    case 'schedule':
      return { kind, days: [...draft.days], from: draft.from, until: draft.until, zone: draft.zone }
  }
}

function holdingOf(draft: HoldingDraft) {
  const lasting = optionalNumber(draft.lasting)
  const times = optionalNumber(draft.times)
  return {
    ...(lasting === undefined ? {} : { lasting }),
    ...(times === undefined ? {} : { repeated: { times, seconds: number(draft.timesWithin) } }),
  }
}

/** Places of numbers that are missing or none, below a path as the API's errors have it: '/raise/parts/0/value'. */
export function missingIn(draft: PartDraft | GroupDraft, path: string): string[] {
  const fields = draft.kind === 'group' ? repeats(draft) : needed[draft.kind](draft)
  const missing = fields.flatMap(field => (isNumber(draft[field as keyof HoldingDraft]) ? [] : [`${path}/${field}`]))
  const below = draft.kind === 'group' ? draft.parts.flatMap((part, at) => missingIn(part, `${path}/parts/${at}`)) : []
  return [...missing, ...below]
}

type NumberField = 'value' | 'seconds' | 'factor' | 'hours' | 'timesWithin'
const repeats = ({ times }: HoldingDraft): NumberField[] => (times.trim() ? ['timesWithin'] : [])
const needed: Record<Leaf['kind'], (part: PartDraft) => NumberField[]> = {
  threshold: part => ['value', ...repeats(part)],
  rate: part => ['value', 'seconds', ...repeats(part)],
  deviation: part => ['factor', 'hours', ...repeats(part)],
  silence: () => ['seconds'],
  schedule: () => [],
}

export const isNumber = (typed: string): boolean => typed.trim() !== '' && Number.isFinite(number(typed))
export const optionalNumber = (typed: string): number | undefined => (typed.trim() === '' ? undefined : number(typed))
const number = (typed: string): number => Number(typed.trim().replace(',', '.'))
