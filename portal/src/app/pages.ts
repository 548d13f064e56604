import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequestHandler, type RouterContextProvider, type ServerBuild } from 'react-router'
import type { Language } from '#platform/core'
import { type PageContext, type Pages, StartFailure } from '#platform/server'

const portalFolder = fileURLToPath(new URL('../../', import.meta.url))

/** What entry.server.tsx exports beside its handler. */
interface PageEntry {
  provideContext(request: Request, page: PageContext & { preload: string[] }): RouterContextProvider
}

/** The built pages. Throws StartFailure where `npm run build` has not been run. */
export async function builtPages(folder: string = `${portalFolder}build`): Promise<Pages> {
  const file = `${folder}/server/index.js`
  if (!existsSync(file)) throw new StartFailure('The pages are not built. Start the portal with "npm start", which builds them.')
  const build = (await import(pathToFileURL(file).href)) as ServerBuild
  const chunks = JSON.parse(readFileSync(`${folder}/client/.vite/manifest.json`, 'utf8')) as Record<
    string,
    { file: string; css?: string[] }
  >
  const textsOf = (language: Language) => Object.keys(chunks).filter(name => name.endsWith(`virtual:texts/${language}`))
  const preload = (language: Language) => textsOf(language).map(name => `/${chunks[name]!.file}`)
  const styles = new Set(Object.values(chunks).flatMap(({ css = [] }) => css.map(file => `/${file}`)))
  return {
    assets: `${folder}/client`,
    styles: [...styles].filter(href => href.includes('/look-')),
    render: renderWith(build, 'production', preload),
  }
}

export interface DevelopmentPages {
  pages: Pages
  /** answers what Vite serves (modules, styles, live reload) and hands everything else on; stands before the portal */
  middleware: import('vite').Connect.Server
  close(): Promise<void>
}

/** Pages straight from the sources, reloaded as they change. server: carries the live-reload connection. */
export async function developmentPages(server: import('node:http').Server): Promise<DevelopmentPages> {
  const { createServer } = await import('vite')
  const vite = await createServer({
    root: portalFolder,
    configFile: `${portalFolder}vite.config.ts`,
    server: { middlewareMode: true, hmr: { server } },
    appType: 'custom',
  })
  return {
    middleware: vite.middlewares,
    close: () => vite.close(),
    pages: {
      assets: null,
      render: async (request, page) => {
        const build = (await vite.ssrLoadModule('virtual:react-router/server-build')) as ServerBuild
        return renderWith(build, 'development')(request, page)
      },
    },
  }
}

function renderWith(
  build: ServerBuild,
  mode: 'production' | 'development',
  preload: (language: Language) => string[] = () => [],
): Pages['render'] {
  const handle = createRequestHandler(build, mode)
  const entry = build.entry.module as unknown as PageEntry
  return (request, page) => handle(request, entry.provideContext(request, { ...page, preload: preload(page.language) }))
}
