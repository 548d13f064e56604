import { pathToFileURL } from 'node:url'
import type { Plugin, ViteDevServer } from 'vite'

const prefix = 'virtual:texts/'

/**
 * `virtual:texts/en`: every text of one language that pages show as a module of its own, so that a browser loads only the language it shows.
 * file: a module that exports `textsForBrowser(language)`
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
      return `export default ${JSON.stringify(textsForBrowser(id.slice(prefix.length + 1)))}`
    },
    hotUpdate({ file: changed }) {
      if (!changed.endsWith('/core/texts.ts')) return
      const { moduleGraph } = this.environment
      for (const id of ['zh-CN', 'en'].map(language => `\0${prefix}${language}`)) {
        const module = moduleGraph.getModuleById(id)
        if (module) moduleGraph.invalidateModule(module)
      }
      this.environment.hot.send({ type: 'full-reload' })
      return []
    },
  }
}
