import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { tokensAsCss } from '../src/platform/web/tokens/css-variables.ts'
import { makeWebFont } from './web-font.ts'

const generated = fileURLToPath(new URL('../generated', import.meta.url))

/** Writes what the look is made of before Vite reads it: the tokens as CSS variables and the subset web face. */
export async function makeLook(): Promise<void> {
  await mkdir(generated, { recursive: true })
  const css = tokensAsCss()
  const path = join(generated, 'tokens.css')
  if ((await readFile(path, 'utf8').catch(() => '')) !== css) await writeFile(path, css)
  await makeWebFont(join(generated, 'fonts'))
}

/** Vite plugin: makes the look once, before the first build or the dev server. */
export function look(): Plugin {
  let made: Promise<void> | undefined
  return {
    name: 'fettle-look',
    enforce: 'pre',
    async config() {
      made ??= makeLook()
      await made
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeLook()
