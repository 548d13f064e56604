/** An event of a stream as it was read. */
export interface ReadEvent {
  id: string | null
  name: string
  // biome-ignore lint/suspicious/noExplicitAny: an answer read from JSON
  data: any
}

/** Reads a stream of Server-Sent Events as it comes. */
export interface EventReader {
  /** all that came so far */
  events: ReadEvent[]
  /** Resolves with the first event, of those that came and will come, that is so. */
  until(is: (event: ReadEvent) => boolean): Promise<ReadEvent>
  /** resolves when the portal has ended it */
  ended: Promise<void>
  close(): Promise<void>
}

export function readEvents(answer: Response): EventReader {
  if (!answer.ok) throw new Error(`The stream answers ${answer.status}`)
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  const events: ReadEvent[] = []
  const waiting = new Set<() => void>()
  let over = false
  const read = async () => {
    let text = ''
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const blocks = (text + next.value).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map(line => [line.split(':', 1)[0]!, line.slice(line.indexOf(': ') + 2)]))
        const name = fields.get('event')
        if (name) events.push({ id: fields.get('id') ?? null, name, data: JSON.parse(fields.get('data')!) })
      }
      for (const look of waiting) look()
    }
  }
  const ended = read().finally(() => {
    over = true
    for (const look of waiting) look()
  })
  return {
    events,
    ended,
    until: is =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(is)
          if (!found && !over) return
          waiting.delete(look)
          if (found) resolve(found)
          else reject(new Error(`The stream ended with ${JSON.stringify(events)}`))
        }
        waiting.add(look)
        look()
      }),
    close: () => reader.cancel(),
  }
}
