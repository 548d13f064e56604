import type { Plugin } from 'vite'

const stub = '\0schemas'

/**
 * Endpoints are defined once, with their schemas; a browser needs only their methods and paths, since the server validates. So the
 * browser's `zod` is a stand-in that lets schemas be written down and refuses to be asked: a quarter of the script of a page less.
 */
export function schemasStayOnServer(): Plugin {
  return {
    name: 'fettle-schemas',
    enforce: 'pre',
    resolveId(id) {
      return id === 'zod' && this.environment.name === 'client' ? stub : null
    },
    load: id => (id === stub ? standIn : null),
  }
}

const standIn = `
const asked = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'decode', 'encode'])
const schema = new Proxy(function () {}, {
  get(_, name) {
    if (asked.has(name)) throw new Error('Schemas are checked on the server: there is no ' + name + ' in the browser')
    return name === Symbol.toPrimitive ? () => '' : schema
  },
  apply: () => schema,
})
export const z = schema
export default schema
`
