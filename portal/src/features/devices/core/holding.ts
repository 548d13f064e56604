export const deviceRoles = ['owner', 'operator', 'service-partner'] as const
/** What a company is to a machine. There is one owner at a time, of the others there may be several. */
export type DeviceRole = (typeof deviceRoles)[number]

/** From whom an owner can keep readings. */
export type Withheld = 'manufacturer' | 'service-partner'

/** A time with an instant at each end; the first belongs to it, the last does not. null: open */
export interface Span {
  from: Date | null
  until: Date | null
}

/** A time in which a company has a role towards a machine. */
export interface Holding extends Span {
  companyId: string
  role: DeviceRole
  /** of an owner: when he kept readings, and from whom */
  withheld: readonly (Span & { whom: Withheld })[]
}

/** Who reads: somebody of the manufacturer, or of a company. */
export type DeviceReader = { kind: 'staff' } | { kind: 'company'; companyId: string }

/** In which a reader may see what a machine reported, and as whom. */
export interface VisibleSpan extends Span {
  role: DeviceRole | 'manufacturer'
}

/**
 * The one rule of who sees which time of one machine.
 * - An owner sees what was reported while he owned it, afterwards too; of before and after, nothing.
 * - An operator and a service partner see what was reported since they have their role, as long as they have it.
 * - The manufacturer sees all times, those without an owner too.
 * - What an owner keeps from the manufacturer or from his service partners: while he does, nothing of his time is seen; what was reported
 *   in between is never shown. Where he did when he handed the machine over, it stays so.
 * holdings: all of one machine. Spans come in order and do not overlap, for each role.
 */
export function visibleTo(reader: DeviceReader, holdings: readonly Holding[]): VisibleSpan[] {
  const owners = holdings.filter(({ role }) => role === 'owner')
  if (reader.kind === 'staff')
    return without(
      { from: null, until: null },
      owners.flatMap(owner => kept(owner, 'manufacturer')),
    ).map(span => ({
      role: 'manufacturer',
      ...span,
    }))
  const own = holdings.filter(({ companyId }) => companyId === reader.companyId)
  return deviceRoles.flatMap(role =>
    own
      .filter(holding => holding.role === role && (role === 'owner' || holding.until === null))
      .flatMap(({ from, until }) => {
        const hidden = role === 'service-partner' ? owners.flatMap(owner => kept(owner, 'service-partner')) : []
        return without({ from, until }, hidden)
      })
      .toSorted((a, b) => startOf(a) - startOf(b))
      .map(span => ({ role, ...span })),
  )
}

/** What of an owner's time is hidden from somebody. */
function kept({ from, until, withheld }: Holding, whom: Withheld): Span[] {
  const times = withheld.filter(time => time.whom === whom)
  if (times.some(time => time.until === null)) return [{ from, until }]
  return times.flatMap(time => without({ from, until }, without({ from: null, until: null }, [time])))
}

/** What is left of a span beside others. */
const without = (span: Span, holes: readonly Span[]): Span[] =>
  holes.reduce<Span[]>(
    (rest, hole) =>
      rest.flatMap(one => {
        if (startOf(hole) >= endOf(one) || endOf(hole) <= startOf(one)) return [one]
        const [before, after] = [
          { from: one.from, until: hole.from },
          { from: hole.until, until: one.until },
        ]
        return [...(startOf(one) < startOf(hole) ? [before] : []), ...(endOf(hole) < endOf(one) ? [after] : [])]
      }),
    startOf(span) < endOf(span) ? [span] : [],
  )

const startOf = ({ from }: Span): number => from?.getTime() ?? Number.NEGATIVE_INFINITY
const endOf = ({ until }: Span): number => until?.getTime() ?? Number.POSITIVE_INFINITY

/** Whether a moment lies in one of these times. */
export const isVisible = (at: Date, spans: readonly Span[]): boolean =>
  spans.some(span => startOf(span) <= at.getTime() && at.getTime() < endOf(span))
