import type { Piece } from './files.ts'
import { platformFailure } from './http-failures.ts'

/**
 * The piece of a file that a request asks for (RFC 9110, Range with one range); null: the whole. Where If-Range names other bytes than
 * these, and where the header is none that is understood, the whole is sent. Throws range-not-satisfiable where it begins behind the end.
 */
export function askedPiece(
  headers: { get(name: string): string | null },
  { bytes, tag }: { bytes: number; tag: string },
): Piece | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range')?.trim() ?? '') ?? []
  const condition = headers.get('if-range')
  if ((from === '' && to === '') || (condition !== null && condition !== `"${tag}"`)) return null
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (from !== '' && to !== '' && Number(to) < first) return null
  if (first >= bytes) throw platformFailure('range-not-satisfiable', undefined, { extensions: { bytes } })
  return { first, last }
}
