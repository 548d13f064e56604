import type { z } from 'zod'
import { invalid } from './errors.ts'

/** Names the place after the last item of a page: the values its order compares, the id last. */
export const encodeCursor = (values: CursorValue[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

export type CursorValue = string | number | boolean | null

/**
 * The values of a cursor, checked against the tuple the query orders by: `decodeCursor(cursor, z.tuple([z.iso.datetime(), z.uuid()]))`.
 * Throws the validation failure that names query/cursor for anything this portal did not hand out.
 */
export function decodeCursor<Values extends z.ZodType>(cursor: string, values: Values): z.output<Values> {
  try {
    return values.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
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
}
