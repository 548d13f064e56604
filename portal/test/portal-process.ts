import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { postgresFolder } from '../src/platform/server/postgres.ts'

interface PortalProcess {
  address: string
  /** the lines it printed until it was ready */
  said: readonly string[]
  stop(): Promise<void>
}

/**
 * A portal as a newcomer starts it, in a process and with a data folder of its own. settings: beside the usual ones of a demo. Throws with
 * what it said where it ends before it is ready.
 */
export async function startPortalProcess(
  flags: readonly string[] = [],
  settings: Record<string, string> = {},
): Promise<PortalProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-stories-'))
  const portal = spawn(process.execPath, [join(import.meta.dirname, '../src/app/main.ts'), ...flags], {
    env: {
      ...process.env,
      PORT: '0',
      ...(settings.MQTT_URL ? {} : { MQTT_PORT: '0' }),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      FETTLE_MODE: 'demo',
      NODE_ENV: 'production',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(portal, 'exit')
  const said: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: portal.stdout! }).on('line', line => {
      said.push(line)
      const ready = /^Fettle is ready at (\S+)/.exec(line)?.[1]
      if (ready) resolve(ready)
    })
    void ended.then(() => reject(new Error(`The portal ended before it was ready:\n${said.join('\n')}`)))
  })
  const stop = async () => {
    portal.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(postgresFolder(dataDir), { recursive: true, force: true })
  }
  return { address, said, stop }
}
