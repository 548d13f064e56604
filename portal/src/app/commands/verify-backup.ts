import {
  type Backup,
  type Check,
  type Config,
  findBackup,
  readConfig,
  StartFailure,
  type Verification,
  verifyBackup,
  verifyChain,
} from '#platform/server'
import { secretFor, withRestored } from '../restored-portal.ts'
import { type Command, project } from './command.ts'

export const verifyBackupCommand: Command = {
  words: 'verify',
  optional: 'backup',
  help: [
    'Restores a backup (the newest, or by its name or folder) into an empty place with a server of its own, compares every table',
    'with what was backed up, and starts the portal on it. Works beside a running portal.',
  ],
  async run({ parameters: [name] }) {
    if (!(await verifyNamed(readConfig(process.env, project), name, console.log))) process.exitCode = 1
  },
}

/** Restores a backup into an empty place, and says in a table what was found. Answers whether all is well. */
export async function verifyNamed(config: Config, name: string | undefined, say: (line: string) => void): Promise<boolean> {
  return (await verify(config, await findBackup(config.backup?.dir ?? null, name), say)).ok
}

export async function verify(config: Config, backup: Backup, say: (line: string) => void): Promise<Verification> {
  const secret = secretFor(config, backup)
  const further = (url: string) => checkPortal(config, backup, url)
  const verification = await verifyBackup(backup, { secret, dataDir: config.dataDir, further })
  say(`${backup.manifest.name}: ${verification.ok ? 'good' : 'NOT GOOD'}`)
  for (const { name, ok, found } of verification.checks) say(`  ${ok ? 'ok   ' : 'WRONG'}  ${name.padEnd(20)} ${found}`)
  return verification
}

/** Whether this version of the portal starts on the restored database, with the keys it has, and the log of who did what holds. */
async function checkPortal(config: Config, { manifest }: Backup, url: string): Promise<Check[]> {
  try {
    return await withRestored(config, url, async ({ platform }) => {
      const { entries, broken } = await verifyChain(
        platform.database,
        platform.vault.auditKey,
        manifest.auditHead ? [manifest.auditHead] : [],
      )
      return [
        { name: 'portal', ok: true, found: `this version starts on it; it was made at ${manifest.migrations.at(-1)!.name}` },
        {
          name: 'audit log',
          ok: !broken,
          found: broken ? `broken at ${broken.position} (${broken.reason})` : `${entries} entries, unbroken`,
        },
      ]
    })
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    return [{ name: 'portal', ok: false, found: error.message }]
  }
}
