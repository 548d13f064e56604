import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Said {
  sequence: number
  at: string
  item: string
  kind: 'Samples' | 'Events' | 'Condition'
  value: string
}

export interface TestAgent {
  url: string
  /** value: of a condition Normal, Warning, Fault or Unavailable. secondsAgo: by the agent's clock */
  say(kind: Said['kind'], item: string, value: string, secondsAgo?: number): void
  /** Another instance, whose sequence begins anew. */
  restart(): void
  /** seconds its clock is ahead */
  clock: { ahead: number }
  /** what was asked of it: `/current`, `/sample?from=…` */
  asked: string[]
  stop(): Promise<void>
}

/** An MTConnect agent of one device in this process, which keeps the last so many observations. */
export async function startAgent(keeps = 8): Promise<TestAgent> {
  let [instance, next, said]: [number, number, Said[]] = [1, 1, []]
  const last = new Map<string, Said>()
  const clock = { ahead: 0 }
  const asked: string[] = []
  const now = () => Date.now() + clock.ahead * 1000

  function answer(observations: readonly Said[], nextSequence: number): string {
    const of = (kind: Said['kind']) =>
      observations
        .filter(one => one.kind === kind)
        .map(({ item, sequence, at, value }) => {
          const attributes = `dataItemId="${item}" timestamp="${at}" sequence="${sequence}"`
          if (kind === 'Condition') return `<${value} ${attributes} type="LOAD"/>`
          return `<${kind === 'Samples' ? 'Load' : 'Execution'} ${attributes} name="n-${item}">${value}</${kind === 'Samples' ? 'Load' : 'Execution'}>`
        })
        .join('')
    const first = said[0]?.sequence ?? next
    return `<?xml version="1.0" encoding="UTF-8"?>
<MTConnectStreams xmlns="urn:mtconnect.org:MTConnectStreams:2.0" xmlns:m="urn:mtconnect.org:MTConnectStreams:2.0">
<Header creationTime="${new Date(now()).toISOString()}" sender="test" instanceId="${instance}" version="2.0" bufferSize="${keeps}" nextSequence="${nextSequence}" firstSequence="${first}" lastSequence="${next - 1}"/>
<Streams><DeviceStream name="VM" uuid="vm-1"><ComponentStream component="Rotary" name="C" componentId="c1">
<Samples>${of('Samples')}</Samples><Events>${of('Events')}</Events><Condition>${of('Condition')}</Condition>
</ComponentStream></DeviceStream></Streams></MTConnectStreams>`
  }
  const refusal = (code: string) =>
    `<?xml version="1.0"?><MTConnectError xmlns="urn:mtconnect.org:MTConnectError:2.0"><Header creationTime="${new Date(now()).toISOString()}" instanceId="${instance}"/><Errors><Error errorCode="${code}">'from' must be between the first and the next sequence</Error></Errors></MTConnectError>`

  const server = createServer((request, response) => {
    const { pathname, searchParams, search } = new URL(request.url!, 'http://agent')
    const action = pathname.split('/').at(-1)
    asked.push(`/${action}${search}`)
    response.setHeader('content-type', 'application/xml')
    if (action === 'current') return void response.end(answer([...last.values()], next))
    const [from, count] = [Number(searchParams.get('from')), Number(searchParams.get('count') ?? 100)]
    if (from < (said[0]?.sequence ?? next) || from > next) return void response.writeHead(404).end(refusal('OUT_OF_RANGE'))
    const some = said.filter(({ sequence }) => sequence >= from).slice(0, count)
    response.end(answer(some, some.length > 0 ? some.at(-1)!.sequence + 1 : next))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/VM`,
    say(kind, item, value, secondsAgo = 0) {
      const one = { sequence: next++, at: new Date(now() - secondsAgo * 1000).toISOString(), item, kind, value }
      last.set(item, one)
      said = [...said, one].slice(-keeps)
    },
    restart() {
      ;[instance, next, said] = [instance + 1, 1, []]
      last.clear()
    },
    clock,
    asked,
    stop: () => new Promise(resolve => void server.close(() => resolve()).closeAllConnections()),
  }
}
