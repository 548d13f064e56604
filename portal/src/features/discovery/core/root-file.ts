/** Characters of such a file; the longest that engines give out has a few hundred. */
export const mostFileContent = 4000
export const mostRootFiles = 20

/** Why a file is not taken. `tag`: the element that has no place in it. */
export type RootFileFault = { fault: 'name' } | { fault: 'reserved' } | { fault: 'empty' } | { fault: 'tag'; tag: string }

const fileName = /^[A-Za-z0-9][\w-]{2,99}\.(txt|html|xml)$/

/** What the portal itself says there. */
const reserved = /^(robots\.txt|sitemap(-\d+)?\.xml|index\.html|security\.txt)$/i

/** Whether a path could be one of these files: '/baidu_verify_abc.html'. No page of the portal looks like that. */
export const isRootFilePath = (path: string): boolean => fileName.test(path.slice(1)) && !reserved.test(path.slice(1))

/** What such files hold. Anything else would be a page at the portal's address that is not the portal's. */
const tags = ['html', 'head', 'title', 'meta', 'body', 'users', 'user']

/** What stands against serving this file at the root; null: nothing. */
export function faultOfRootFile(name: string, content: string): RootFileFault | null {
  if (!fileName.test(name)) return { fault: 'name' }
  if (reserved.test(name)) return { fault: 'reserved' }
  if (content.trim() === '') return { fault: 'empty' }
  for (const [element, tag = ''] of content.matchAll(/<[/!?]*([^\s<>/]*)[^<>]*>?/g)) {
    const known = tags.includes(tag.toLowerCase()) || /^<(\?xml\s[^<>]*\?|!doctype\s[^<>]*)>$/i.test(element)
    if (!known || /[\s/"']on[a-z]+\s*=|http-equiv\s*=(?!\s*["']?content-type\b)/i.test(element))
      return { fault: 'tag', tag: element.slice(0, 60) }
  }
  return null
}

/** How it is sent. */
export function typeOfRootFile(name: string): string {
  if (name.endsWith('.txt')) return 'text/plain; charset=utf-8'
  return name.endsWith('.xml') ? 'application/xml; charset=utf-8' : 'text/html; charset=utf-8'
}
