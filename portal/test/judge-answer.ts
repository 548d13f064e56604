import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApi } from '../src/platform/server/http-openapi.ts'
import type { HostileRequest } from './hostile-requests.ts'

export interface Answered {
  status: number
  headers: { get(name: string): string | null }
  text: string
}

/** What every address may answer with, whatever its operation says: the request did not get as far as the operation. */
const general = [
  'malformed-url',
  'address-too-long',
  'headers-too-large',
  'not-found',
  'method-not-allowed',
  'foreign-origin',
  'rate-limited',
  'body-too-large',
]

/** What an answer must never hold: words of the database, of the runtime, of the disk. Nothing in hostile-values.ts says them. */
const insides =
  /node_modules|node:internal|\.tsx?:\d+|\bat (async )?\w+ \(|ZodError|TypeError|SyntaxError|RangeError|Kysely|ECONN|syntax error at|violates|duplicate key|invalid input syntax|relation "|column "|pg_catalog|postgres(ql)?:\/\//

/**
 * Holds answers against the portal's own document, with a validator that somebody else wrote. The answer names what is wrong: nothing,
 * where all is well. secrets: texts no answer may hold, whoever asks. foreign: texts only staff may see
 */
export function judgeBy(document: OpenApi, secrets: readonly string[]) {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false })
  addFormats.default(ajv)
  ajv.addSchema(document as object, 'portal')
  const validator = (pointer: string[]) =>
    ajv.getSchema(
      `portal#/${pointer.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`,
    )
  const isProblem = validator(['components', 'schemas', 'Problem'])!
  const places = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
      shape: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
    })),
  )
  /** Who has answered: with another method than its own, it may be another operation of the address, or none. */
  const placeOf = ({ operation, method, path }: HostileRequest) => {
    const meant = places.find(place => place.operation.operationId === operation.operationId)!
    if (meant.method === method.toLowerCase()) return meant
    const address = path.split('?')[0]!
    const answering = places.filter(place => place.method === method.toLowerCase() && place.shape.test(address))
    return answering.find(place => place.path === meant.path) ?? answering[0] ?? meant
  }

  return (request: HostileRequest, { status, headers, text }: Answered, foreign: readonly string[]): string[] => {
    const { method } = request
    const wrong: string[] = []
    const { path, method: itsMethod, operation } = placeOf(request)
    const type = (headers.get('content-type') ?? '').split(';')[0]
    if (status >= 500) wrong.push(`answers ${status}`)
    const inside = insides.exec(text)?.[0]
    if (inside) wrong.push(`shows its inside: ${inside}`)
    for (const secret of secrets) if (text.includes(secret)) wrong.push('shows a secret')
    for (const mark of foreign) if (text.includes(mark)) wrong.push(`shows what belongs to another: ${mark}`)
    if (headers.get('set-cookie')?.includes('hostile')) wrong.push('sets a cookie of the request’s making')
    if (!headers.get('x-request-id')) wrong.push('has no request id')
    if (method === 'HEAD' || status === 304 || status === 204) return text ? [...wrong, `has a body with ${status}`] : wrong

    if (status >= 400) {
      if (type !== 'application/problem+json') return [...wrong, `answers ${status} as ${type}`]
      const problem = JSON.parse(text) as { type: string; status: number }
      if (!isProblem(problem)) wrong.push(`is no problem: ${ajv.errorsText(isProblem.errors)}`)
      if (problem.status !== status) wrong.push(`says ${problem.status} in a ${status}`)
      const name = problem.type.replace('/problems/', '')
      if (!operation['x-problems'].includes(name) && !general.includes(name))
        wrong.push(`answers a problem it does not announce: ${name}`)
      return wrong
    }
    if (method.toLowerCase() !== itsMethod) return wrong // OPTIONS, and what no operation has
    const described = operation.responses[status]
    if (!described) return [...wrong, `answers ${status}, which it does not announce`]
    if (!described.content?.['application/json']) return wrong
    const fits = validator(['paths', path, itsMethod, 'responses', String(status), 'content', 'application/json', 'schema'])!
    if (!fits(JSON.parse(text))) wrong.push(`answers ${status} against its schema: ${ajv.errorsText(fits.errors)}`)
    return wrong
  }
}
