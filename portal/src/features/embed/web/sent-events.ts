type Ask = (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>

/** ms after which a stream that was lost is opened again */
const retryMs = 3000

/**
 * Server-Sent Events as a browser's EventSource has them, but asked for with a token, which that cannot carry. It comes back by itself, saying
 * what it saw last, unless it is refused.
 */
export class SentEvents extends EventTarget {
  readyState: number = EventSource.CONNECTING
  #lastId = ''
  readonly #ask: Ask
  readonly #closing = new AbortController()

  constructor(ask: Ask) {
    super()
    this.#ask = ask
    void this.#run()
  }

  close(): void {
    this.readyState = EventSource.CLOSED
    this.#closing.abort()
  }

  async #run(): Promise<void> {
    while (this.readyState !== EventSource.CLOSED) {
      const answer = await this.#open()
      if (answer === 'refused') return this.#fail()
      if (answer) await this.#read(answer).catch(() => {}) // lost on the way, or closed: both end the stream
      if (this.readyState === EventSource.CLOSED) return
      this.readyState = EventSource.CONNECTING
      this.dispatchEvent(new Event('error'))
      await new Promise(resolve => setTimeout(resolve, retryMs))
    }
  }

  /** null: the portal could not be reached */
  async #open(): Promise<Response | 'refused' | null> {
    const headers = { accept: 'text/event-stream', ...(this.#lastId ? { 'last-event-id': this.#lastId } : {}) }
    try {
      const answer = await this.#ask(headers, this.#closing.signal)
      return answer.ok ? answer : 'refused'
    } catch (error) {
      return error instanceof TypeError ? null : 'refused' // fetch throws it for a lost network alone
    }
  }

  #fail(): void {
    if (this.readyState === EventSource.CLOSED) return
    this.close()
    this.dispatchEvent(new Event('error'))
  }

  async #read(answer: Response): Promise<void> {
    this.readyState = EventSource.OPEN
    this.dispatchEvent(new Event('open'))
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const blocks = (text + next.value).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) this.#tell(block)
    }
  }

  #tell(block: string): void {
    const fields = new Map(
      block.split('\n').map(line => {
        const at = line.indexOf(':')
        return [line.slice(0, at), line.slice(at + 2)]
      }),
    )
    this.#lastId = fields.get('id') ?? this.#lastId
    const name = fields.get('event')
    if (name) this.dispatchEvent(new MessageEvent(name, { data: fields.get('data') ?? '' }))
  }
}
