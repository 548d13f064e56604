import { join } from 'node:path'
import type { ParseArgsConfig } from 'node:util'
import { createLog, readConfig } from '#platform/server'
import { features } from '../features.ts'
import { type Portal, type PortalOptions, startPortal } from '../portal.ts'

/** One thing `npm run fettle -- …` does. */
export interface Command {
  /** what one types: 'model publish' */
  words: string
  /** names of what follows, each needed: ['file'] */
  parameters?: readonly string[]
  /** name of a last one that may be left out */
  optional?: string
  options?: NonNullable<ParseArgsConfig['options']>
  /** how the options are shown: '[--draft]' */
  optionWords?: string
  /** a few sentences, a line each, for the usage */
  help: readonly string[]
  run(given: Given): Promise<void>
}

export interface Given {
  parameters: string[]
  options: { [name: string]: string | boolean | (string | boolean)[] | undefined }
}

export const project: string = join(import.meta.dirname, '../../../..')

/** Runs the work on the portal's database, beside a portal that may be running on it. */
export async function withPortal<T>(options: Partial<PortalOptions>, work: (portal: Portal) => Promise<T>): Promise<T> {
  const portal = await startPortal(readConfig(process.env, project), {
    features,
    beside: true,
    background: false,
    log: createLog('error'),
    ...options,
  })
  try {
    return await work(portal)
  } finally {
    await portal.stop()
  }
}
