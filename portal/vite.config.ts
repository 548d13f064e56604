import { fileURLToPath } from 'node:url'
import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'
import { look } from './scripts/look.ts'
import { schemasStayOnServer } from './src/app/web/vite-schemas.ts'
import { textsByLanguage } from './src/app/web/vite-texts.ts'

const texts = fileURLToPath(new URL('./src/app/texts.ts', import.meta.url))

export default defineConfig({
  plugins: [look(), schemasStayOnServer(), textsByLanguage(texts), reactRouter()],
  build: { assetsInlineLimit: 0, reportCompressedSize: false, manifest: true },
  worker: { format: 'es', plugins: () => [schemasStayOnServer()] },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // One style sheet for all pages: some 20 kB once, instead of a round trip for each small one before the first paint.
                { name: 'look', test: /\.css$/ },
                // What every page with scripts needs comes in two files instead of twenty.
                { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|i18next)[\\/]/ },
                { name: 'portal', test: /src[\\/]platform[\\/](core|web)[\\/]/, minShareCount: 4 },
              ],
            },
          },
        },
      },
    },
  },
})
