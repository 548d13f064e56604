/** The attributes of every `<meta …>` of a text, names in small letters, values as written. Looks at each character once, whatever is pasted. */
export function metaTags(html: string): Map<string, string>[] {
  const small = html.toLowerCase()
  const tags: Map<string, string>[] = []
  for (let start = small.indexOf('<meta'); start >= 0; start = small.indexOf('<meta', start + 1)) {
    const end = html.indexOf('>', start)
    if (end < 0) break
    tags.push(attributes(html.slice(start + '<meta'.length, end)))
  }
  return tags
}

function attributes(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let rest = text
  for (let equals = rest.indexOf('='); equals >= 0; equals = rest.indexOf('=')) {
    const name = rest.slice(0, equals).trim().split(/\s/).at(-1)!
    const value = rest.slice(equals + 1).trimStart()
    const quote = value[0] === '"' || value[0] === "'" ? value[0] : null
    const end = quote ? value.indexOf(quote, 1) : value.search(/[\s/]|$/)
    if (end < 0) break // a quote that is never closed
    found.set(name.toLowerCase(), value.slice(quote ? 1 : 0, end))
    rest = value.slice(end + 1)
  }
  return found
}
