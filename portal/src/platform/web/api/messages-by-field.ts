import type { Problem } from '#platform/core'

/** What stands under each field: 'body field path with dots' -> message and remedy. Fits `form.setErrors` of Mantine's form. */
export type FieldMessages = Record<string, string>

/** '/contact/email' -> 'contact.email', 'query/limit' -> 'limit'; message and remedy as one text. */
export function messagesByField(problem: Problem): FieldMessages {
  const entries = (problem.errors ?? []).map(({ field, message, remedy }) => {
    const path = field.replace(/^(query|path|header)\//, '/').replace(/^\//, '')
    const name = path
      .split('/')
      .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .join('.')
    return [name, remedy ? `${message} ${remedy}` : message] as const
  })
  return Object.fromEntries(entries.reverse()) // of several complaints about a field the first counts
}
