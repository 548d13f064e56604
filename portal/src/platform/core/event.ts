/**
 * A past-tense fact: 'inquiry.submitted'. Carries ids and plain facts, never personal fields.
 * Features add their events by declaration: `declare module '#platform/core' { interface EventTypes { 'lead.assigned': { leadId: string } } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: features add to it
export interface EventTypes {}

export type EventName = keyof EventTypes & string

export interface DomainEvent<Name extends string = string, Data = unknown> {
  id: string
  name: Name
  /** ISO 8601, UTC */
  at: string
  data: Data
}
