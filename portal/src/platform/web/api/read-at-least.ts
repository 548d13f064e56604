import type { Page } from '#platform/core'

/** A list from its beginning with so many rows or more, as one page, so that a list read again keeps what "load more" had brought. */
export async function readAtLeast<P extends Page<unknown>>(count: number, read: (cursor?: string) => Promise<P>): Promise<P> {
  let page = await read()
  while (page.items.length < count && page.nextCursor !== null) {
    const next = await read(page.nextCursor)
    page = { ...page, items: [...page.items, ...next.items], nextCursor: next.nextCursor }
  }
  return page
}
