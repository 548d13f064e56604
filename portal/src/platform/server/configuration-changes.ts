/** One value that an import changes. */
export interface Change {
  /** where, as a JSON pointer below the part: '/name/en' */
  path: string
  /** as short text; null: there is none */
  before: string | null
  after: string | null
}

/** Where two JSON values differ, leaf by leaf; in the order of the second. */
export function differences(before: unknown, after: unknown, path = ''): Change[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    return keys.flatMap(key => differences(before[key], after[key], `${path}/${step(key)}`))
  }
  if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return []
  if (isObject(after) && Object.keys(after).length > 0 && !isObject(before))
    return Object.entries(after).flatMap(([key, value]) => differences(undefined, value, `${path}/${step(key)}`))
  if (isObject(before) && Object.keys(before).length > 0 && !isObject(after))
    return Object.entries(before).flatMap(([key, value]) => differences(value, undefined, `${path}/${step(key)}`))
  return [{ path, before: short(before), after: short(after) }]
}

/** Lists too: what stands at one place of a list is compared with what stands there in the other. */
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const step = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

const longest = 80

function short(value: unknown): string | null {
  if (value === undefined || value === null) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (/^[\w+/]{200,}=*$/.test(text)) return `${Math.round((text.length * 3) / 4 / 1024)} kB`
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
