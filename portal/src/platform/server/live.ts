/** Tells browsers of every portal process that something changed: a topic and an id, never data. Backed by LISTEN/NOTIFY. */
export interface Live {
  /** Sent when the ambient transaction commits. topic: 'leads', 'company:<id>' */
  publish(topic: string, id: string): Promise<void>
  /** Called for every message of the topic from any process; returns the unsubscribe function. */
  subscribe(topic: string, listener: (id: string) => void): () => void
}
