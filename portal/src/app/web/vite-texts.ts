import { pathToFileURL } from 'node:url'
import type { Plugin, ViteDevServer } from 'vite'

const prefix = 'virtual:texts/'

/**
 * `virtual:texts/en`: the texts of one language that every page may show, as a module of its own, so that a browser loads only the
 * language it shows. `virtual:texts/en/console`: what the console shows besides; so for the other parts.
 * file: a module that exports `textsForBrowser(language, part)`
 */
export function textsByLanguage(file: string): Plugin {
  let development: ViteDevServer | undefined
  return {
    name: 'fettle-texts',
    configureServer(server) {
      development = server
    },
    resolveId: id => (id.startsWith(prefix) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null
      const { textsForBrowser } = await (development ? development.ssrLoadModule(file) : import(pathToFileURL(file).href))
      const [language, part = 'pages'] = id.slice(prefix.length + 1).split('/')
      return `export default ${JSON.stringify(textsForBrowser(language, part))}`
    },
    hotUpdate({ file: changed }) {
      if (!/\/core\/([\w-]+-)?texts\.ts$/.test(changed)) return
      const { moduleGraph } = this.environment
      for (const [id, module] of moduleGraph.idToModuleMap) if (id.startsWith(`\0${prefix}`)) moduleGraph.invalidateModule(module)
      this.environment.hot.send({ type: 'full-reload' })
      return []
    },
  }
}
