import { connect } from 'node:net'
import { percentile } from './harness.ts'

export interface Load {
  url: string
  method?: string
  headers?: Record<string, string>
  /** a body for each request */
  body?: (turn: number) => string
  connections: number
  seconds: number
}

export interface Loaded {
  answered: number
  perSecond: number
  p50: number
  p99: number
  /** answers whose status was not the first one's, and connections that broke */
  failed: number
  status: number
}

/**
 * As many requests as the server answers over a number of connections, each with one request at a time. Plain sockets: what the client
 * itself takes is taken from the server on the same machine.
 */
export async function load({ url, method = 'GET', headers = {}, body, connections, seconds }: Load): Promise<Loaded> {
  const { hostname, port, pathname, search, host } = new URL(url)
  const head = [
    `${method} ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  const times: number[] = []
  let [turn, failed, status] = [0, 0, 0]
  const since = performance.now()
  const until = since + seconds * 1000

  const one = () =>
    new Promise<void>(resolve => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      let began = 0
      let answer = newAnswer()
      const ask = () => {
        if (performance.now() >= until) return socket.end()
        const text = body?.(turn++)
        const length = text === undefined ? [] : [`content-length: ${Buffer.byteLength(text)}`]
        began = performance.now()
        socket.write(`${[...head, ...length].join('\r\n')}\r\n\r\n${text ?? ''}`)
      }
      socket.on('connect', ask)
      socket.on('data', chunk => {
        if (!answer.take(chunk)) return
        times.push(performance.now() - began)
        status ||= answer.status
        if (answer.status !== status) failed++
        answer = newAnswer()
        ask()
      })
      socket.on('error', () => failed++)
      socket.on('close', () => resolve())
    })
  await Promise.all(Array.from({ length: connections }, one))
  const took = (performance.now() - since) / 1000
  return {
    answered: times.length,
    perSecond: times.length / took,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    failed,
    status,
  }
}

/** Knows when an answer has come whole, by its length or its last chunk. */
function newAnswer() {
  let head = ''
  let left = -1
  let chunked = false
  let tail = ''
  return {
    status: 0,
    take(chunk: Buffer): boolean {
      let rest = chunk
      if (left < 0 && !chunked) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return false
        this.status = Number(head.slice(9, 12))
        const fields = head.slice(0, end).toLowerCase()
        chunked = fields.includes('transfer-encoding: chunked')
        left = Number(/content-length: (\d+)/.exec(fields)?.[1] ?? 0)
        rest = chunk.subarray(chunk.length - (head.length - end - 4))
      }
      if (!chunked) {
        left -= rest.length
        return left <= 0
      }
      tail = (tail + rest.subarray(-5).toString('latin1')).slice(-5)
      return tail === '0\r\n\r\n'
    },
  }
}
