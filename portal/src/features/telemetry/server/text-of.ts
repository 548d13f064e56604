const utf8 = new TextDecoder('utf-8', { fatal: true })

/** null: it is no UTF-8 */
export function textOf(payload: Uint8Array): string | null {
  try {
    return utf8.decode(payload)
  } catch {
    return null
  }
}
