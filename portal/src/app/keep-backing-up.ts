import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { type BackupStanding, type Config, type Log, readBackupStanding } from '#platform/server'

const look = 60_000
/** After one that failed, so that a full disk is not hammered. */
const pause = 15 * 60_000

/**
 * Makes and verifies a full backup whenever one is due, in a process of its own that yields to the portal. Of several portals on one
 * database one does it, the others find that it is not due any more.
 */
export function keepBackingUp(config: Config, log: Log): { stop(): void } {
  let running: ChildProcess | null = null
  let notBefore = 0
  const check = async () => {
    if (running || Date.now() < notBefore || !(await isDue(config, log))) return
    running = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), 'backup', '--if-due'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (running.pid !== undefined) setPriority(running.pid, 10)
    const said: string[] = []
    for (const stream of [running.stdout!, running.stderr!]) stream.on('data', piece => said.push(String(piece)))
    running.on('error', error => said.push(error.message))
    running.on('close', code => {
      running = null
      if (code === 0) return log.info({ said: said.join('') }, 'a backup was made and verified')
      notBefore = Date.now() + pause
      log.error({ said: said.join('') }, 'a backup could not be made, or is not good')
    })
  }
  const timer = setInterval(check, look)
  timer.unref()
  void check()
  return {
    stop() {
      clearInterval(timer)
      notBefore = Number.POSITIVE_INFINITY
      running?.kill('SIGTERM')
    },
  }
}

async function isDue(config: Config, log: Log): Promise<boolean> {
  const standing: BackupStanding | null = await readBackupStanding(config, new Date()).catch(error => {
    log.error({ error }, 'BACKUP_DIR cannot be read')
    return null
  })
  return standing?.due ?? false
}
