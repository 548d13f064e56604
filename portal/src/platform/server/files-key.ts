/** Keys are ids, with a word where a file has several parts: they never carry a name that somebody chose. */
export const isKey = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[a-z]{1,20})?$/.test(text)

export function demandKey(key: string): void {
  if (!isKey(key)) throw new Error(`"${key}" is not a key of the file store`)
}
