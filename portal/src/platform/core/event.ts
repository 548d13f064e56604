/**
 * A past-tense fact: 'inquiry.submitted'. Carries ids and plain facts, never personal fields.
 * Features add their events by declaration: `declare module '#platform/core' { interface EventTypes { 'lead.assigned': { leadId: string } } }`.
 */
export interface EventTypes {
  /** a file that had to wait for the virus scanner was looked at, or let go without */
  'file.judged': { fileId: string }
}

export type EventName = keyof EventTypes & string

export interface DomainEvent<Name extends string = string, Data = unknown> {
  id: string
  name: Name
  /** ISO 8601, UTC */
  at: string
  data: Data
}
