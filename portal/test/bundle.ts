import { build } from 'vite'

/** A module and all it imports as one script for a page, its exports under `globalThis[name]`. */
export async function bundle(entry: string, name: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, minify: true, reportCompressedSize: false, lib: { entry, name, formats: ['iife'] } },
  })
  const [result] = Array.isArray(built) ? built : [built]
  if (!result || !('output' in result)) throw new Error(`${entry} was not built`)
  return result.output[0].code
}
