import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { prepareBrowser } from '../portal/test/browser.ts'
import { bundle } from '../portal/test/bundle.ts'
import type { Measured, measureModel, Source, Wanted } from './engine-model.ts'

const engine = join(import.meta.dirname, '../engine/src')

export interface EnginePage {
  version: string
  measure(source: Source, wanted: Wanted): Promise<Measured>
  close(): Promise<void>
}

/** A browser that measures each case in a page of its own, isolated as its finer clock demands. */
export async function openEnginePage(): Promise<EnginePage> {
  const script = await bundle(join(import.meta.dirname, 'engine-model.ts'), 'engineModel')
  const { executablePath, args, env } = await prepareBrowser()
  const browser = await chromium.launch({ executablePath, args, env })
  const openPage = async (): Promise<Page> => {
    const page = await browser.newPage()
    await page.route('https://engine.example/', route =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
        body: '<!doctype html><title>engine</title>',
      }),
    )
    await page.goto('https://engine.example/')
    await page.addScriptTag({ content: script })
    if (!(await page.evaluate(() => globalThis.crossOriginIsolated))) throw new Error('the page has a coarse clock')
    return page
  }
  return {
    version: browser.version(),
    async measure(source, wanted) {
      const page = await openPage()
      try {
        return await page.evaluate(
          ([source, wanted]) =>
            (globalThis as unknown as { engineModel: { measureModel: typeof measureModel } }).engineModel.measureModel(
              source,
              wanted,
            ),
          [source, wanted] as const,
        )
      } finally {
        await page.close()
      }
    },
    close: () => browser.close(),
  }
}

/**
 * Kilobytes (1,000 bytes), minified and gzipped: of what configures a published model, of everything the engine exports, of the thread
 * in which the portal's configurator runs it, and of the readers and writers of other formats with the check of a model that they share.
 */
export async function engineSizes(): Promise<{ configuring: number; engine: number; thread: number; formats: number }> {
  const size = async (entry: string) => gzipSync(await bundle(entry, 'engine')).length / 1000
  return {
    configuring: await size(join(import.meta.dirname, 'engine-configuring.ts')),
    engine: await size(join(engine, 'index.ts')),
    thread: await size(join(import.meta.dirname, '../portal/src/features/configurator/web/engine-worker.ts')),
    formats: await size(join(engine, 'formats/index.ts')),
  }
}
