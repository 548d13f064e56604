import { XMLParser } from 'fast-xml-parser'

/** What an agent answers to `current` and `sample` (MTConnect Standard, part 1: MTConnectStreams). */
export interface Streams {
  /** another one after each restart of the agent: sequence numbers begin anew */
  instanceId: string
  /** what follows this answer */
  nextSequence: number
  /** the agent’s clock as it answered; milliseconds since 1970 */
  createdAt: number
  observations: Observation[]
}

export interface Observation {
  dataItemId: string
  name: string | null
  sequence: number
  /** milliseconds since 1970, by the agent’s clock */
  at: number
  /** as it stands there; of a condition its level: Normal, Warning, Fault. null: unavailable */
  value: string | null
}

/** The agent says why it does not answer: OUT_OF_RANGE where what was asked for is no more kept. */
export class AgentError extends Error {
  readonly codes: string[]

  constructor(codes: string[], texts: string[]) {
    super(`the agent says ${codes.map((code, i) => `${code} ${texts[i] ?? ''}`.trim()).join(', ')}`)
    this.codes = codes
  }
}

type Element = Record<string, unknown>
const parser = new XMLParser({
  ...{
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
  },
  ...{ alwaysCreateTextNode: true, textNodeName: '#', isArray: (_, __, ___, isAttribute) => !isAttribute },
})

/** Throws AgentError for MTConnectError, and where it is neither. */
export function readStreams(xml: string): Streams {
  const document = parser.parse(xml) as Element
  const errors = first(document.MTConnectError)
  if (errors) {
    const all = [...elements(first(errors.Errors)?.Error), ...elements(errors.Error)]
    throw new AgentError(
      all.map(one => String(one['@errorCode'])),
      all.map(textOf),
    )
  }
  const root = first(document.MTConnectStreams)
  const header = first(root?.Header)
  const nextSequence = Number(header?.['@nextSequence'])
  if (!root || !header || !Number.isSafeInteger(nextSequence)) throw new Error('this is no answer of an MTConnect agent')
  const components = elements(first(root.Streams)?.DeviceStream).flatMap(device => elements(device.ComponentStream))
  return {
    instanceId: String(header['@instanceId']),
    nextSequence,
    createdAt: Date.parse(String(header['@creationTime'])),
    observations: components.flatMap(observationsOf).sort((a, b) => a.sequence - b.sequence),
  }
}

function observationsOf(component: Element): Observation[] {
  const plain = [component.Samples, component.Events].flatMap(kind =>
    named(first(kind)).map(([, one]) => observed(one, textOf(one))),
  )
  const conditions = named(first(component.Condition)).map(([level, one]) => observed(one, level))
  return [...plain, ...conditions].filter(({ at, sequence }) => Number.isFinite(at) && Number.isSafeInteger(sequence))
}

const observed = (one: Element, value: string): Observation => ({
  dataItemId: String(one['@dataItemId']),
  name: typeof one['@name'] === 'string' ? one['@name'] : null,
  sequence: Number(one['@sequence']),
  at: Date.parse(String(one['@timestamp'])),
  value: value.toUpperCase() === 'UNAVAILABLE' ? null : value,
})

const elements = (value: unknown): Element[] => (Array.isArray(value) ? (value as Element[]) : [])
const first = (value: unknown): Element | undefined => elements(value)[0]
/** Elements below one, each with its name. */
const named = (parent: Element | undefined): [string, Element][] =>
  Object.entries(parent ?? {}).flatMap(([name, all]) => elements(all).map((one): [string, Element] => [name, one]))
const textOf = (element: Element): string => String(element['#'] ?? '').trim()
