/** What TypeScript's library does not describe yet (https://www.w3.org/TR/trusted-types/). */
interface Policy {
  createHTML(text: string): string
  createScriptURL(text: string): string
}
interface Policies {
  createPolicy(name: string, rules: { [Rule in keyof Policy]?: (text: string) => string | null }): Policy
}

let policy: Policy | undefined

/**
 * Opens the two doors through which a text may become markup or a script's address in this page. Its Content-Security-Policy forbids
 * all others: a text that finds its way into `innerHTML` by mistake is refused by the browser instead of run. Called once, first.
 */
export function guardMarkup(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  policy = trustedTypes?.createPolicy('fettle', { createHTML: demandDrawing, createScriptURL: demandOwn })
  trustedTypes?.createPolicy('default', { createHTML: text => (text === emptyScript ? text : null) })
}

// React makes a script element, where it has to, by writing an empty one; it never writes another text.
const emptyScript = '<script></script>'

/** An SVG drawing as `innerHTML` takes it. Throws where it holds anything that could run: the drawing code escapes, this looks again. */
export const trustedDrawing = (svg: string): string => (policy ? policy.createHTML(svg) : demandDrawing(svg))

/** Address of a worker of this portal. Throws where it is another's. */
export const trustedWorker = (url: string): string => (policy ? policy.createScriptURL(url) : demandOwn(url))

function demandDrawing(svg: string): string {
  const withoutValues = svg.replace(/"[^"]*"/g, '""')
  if (/<(script|foreignobject|iframe|object|embed)\b|<[^>]*\s(on\w+|href|xlink:href|src)\s*=/i.test(withoutValues))
    throw new TypeError('A drawing holds something that could run')
  return svg
}

function demandOwn(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`${url} is not a worker of this portal`)
  return url
}
