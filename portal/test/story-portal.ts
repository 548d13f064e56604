import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { postgresFolder } from '../src/platform/server/postgres.ts'

/** The portal as a newcomer starts it, with the demo, on a data folder of its own; the stories visit it. */
export default async function startStoryPortal(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-stories-'))
  const portal = spawn(process.execPath, [join(import.meta.dirname, '../src/app/main.ts')], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', FETTLE_MODE: 'demo', NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(portal, 'exit')
  process.env.STORY_URL = await new Promise<string>((resolve, reject) => {
    const said: string[] = []
    createInterface({ input: portal.stdout! }).on('line', line => {
      said.push(line)
      const address = /^Fettle is ready at (\S+)/.exec(line)?.[1]
      if (address) resolve(address)
    })
    void ended.then(() => reject(new Error(`The portal ended before it was ready:\n${said.join('\n')}`)))
  })
  return async () => {
    portal.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(postgresFolder(dataDir), { recursive: true, force: true })
  }
}
