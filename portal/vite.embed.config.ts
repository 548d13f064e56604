import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { look } from './scripts/look.ts'
import { stylesInScript, withoutRouter } from './src/app/web/vite-embed.ts'
import { schemasStayOnServer } from './src/app/web/vite-schemas.ts'
import { textsByLanguage } from './src/app/web/vite-texts.ts'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** The bundle by which pages of other sites show machines: `/embed/machines.js`, with the texts of each language beside it. */
export default defineConfig({
  root: path('.'),
  base: './', // it knows the portal by the address it came from
  plugins: [
    look(),
    withoutRouter(path('./src/features/embed/web/in-place-of-router.tsx')),
    schemasStayOnServer(),
    textsByLanguage(path('./src/app/texts.ts')),
    stylesInScript(),
  ],
  build: {
    outDir: 'build/client/embed',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      shimMissingExports: true, // of the router: what is shown elsewhere uses none of it
      input: { machines: path('./src/features/embed/web/elements.tsx') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
