import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Config } from '@react-router/dev/config'
import { build } from 'vite'

export default {
  appDirectory: 'src/app/web',
  buildDirectory: 'build',
  ssr: true,
  routeDiscovery: { mode: 'initial' }, // few routes; asking for them as one goes would fail without a network
  async buildEnd({ reactRouterConfig }) {
    await build({ configFile: fileURLToPath(new URL('./vite.embed.config.ts', import.meta.url)), logLevel: 'error' })
    await compressFiles(join(reactRouterConfig.buildDirectory, 'client'))
  },
} satisfies Config

/** A smaller twin beside every text file of the build, so that serving costs nothing. */
async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const texts = entries.filter(entry => entry.isFile() && /\.(js|css|svg|json|txt|webmanifest)$/.test(entry.name))
  await Promise.all(
    texts.map(async entry => {
      const file = join(entry.parentPath, entry.name)
      const content = await readFile(file)
      if (content.length < 1024) return
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content))
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
    }),
  )
}
