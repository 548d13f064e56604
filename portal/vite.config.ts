import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'
import { look } from './scripts/look.ts'

export default defineConfig({
  plugins: [look(), reactRouter()],
  build: { assetsInlineLimit: 0, reportCompressedSize: false },
})
