import { z } from 'zod'

/**
 * What an endpoint answers that streams Server-Sent Events. `open` is called once the stream is there: `send` takes whole events, written
 * or encoded already (the same bytes for many readers); what it answers is called when the stream ends, for whatever reason. `end` ends it
 * from within: whoever still may, comes again.
 */
export interface EventStream {
  open(reader: { send(events: string | Uint8Array): void; end(): void }): () => void
}

/** The result of an endpoint that streams events. Browsers open it as an EventSource, they do not call it. */
export const eventStream: z.ZodType<EventStream> = z.custom<EventStream>()
