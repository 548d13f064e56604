import { isStorable } from '#platform/core'
import { invalid } from './errors.ts'

/** Names the place after the last item of a page: the values its order compares, by name. */
export const encodeCursor = (values: Record<string, CursorValue>): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

type CursorValue = string | number | null

const tests = {
  string: (value: unknown) => typeof value === 'string',
  'string?': (value: unknown) => value === null || typeof value === 'string',
  number: (value: unknown) => Number.isSafeInteger(value),
  uuid: (value: unknown) => typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value),
  time: (value: unknown) => typeof value === 'string' && isInstant(value),
}

/** uuid in lower case; time: as Date#toISOString writes it */
export type CursorKind = keyof typeof tests

/**
 * The values of a cursor: `decodeCursor<{ position: number; id: string }>(cursor, { position: 'number', id: 'uuid' })`.
 * Throws the validation failure that names query/cursor for anything this list did not hand out.
 */
export function decodeCursor<Values extends Record<string, CursorValue>>(
  cursor: string,
  kinds: { [Name in keyof Values]: CursorKind },
): Values {
  const values = readValues(cursor)
  const names = Object.keys(kinds)
  const itsOwn = values !== null && typeof values === 'object' && Object.keys(values).length === names.length
  const fits =
    itsOwn && Object.entries(kinds).every(([name, kind]) => isKept(values?.[name]) && tests[kind as CursorKind](values?.[name]))
  if (fits) return values as Values
  throw invalid([
    {
      field: 'query/cursor',
      value: cursor.slice(0, 80),
      message: { 'zh-CN': '分页位置无效。', en: 'This is not a cursor of this list.' },
      remedy: {
        'zh-CN': '请使用上一页返回的 nextCursor，或从第一页开始。',
        en: 'Use the nextCursor of the page before, or start from the first page.',
      },
    },
  ])
}

// PostgreSQL would also take 'yesterday', and Date.parse the 31st of February.
function isInstant(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString() === text
}

function readValues(cursor: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const isKept = (value: unknown) => typeof value !== 'string' || isStorable(value)
