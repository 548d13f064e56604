import { type Config, listBackups, readConfig, readVerification } from '#platform/server'
import { type Command, project } from './command.ts'

export const listBackupsCommand: Command = {
  words: 'backups',
  help: ['Names the backups there are, oldest first, and what their verification found.'],
  run: () => sayBackups(readConfig(process.env, project), console.log),
}

export async function sayBackups(config: Config, say: (line: string) => void): Promise<void> {
  const backups = config.backup ? await listBackups(config.backup.dir) : []
  if (backups.length === 0) say(config.backup ? `There is no backup in ${config.backup.dir}.` : 'BACKUP_DIR is not set.')
  for (const backup of backups) {
    const { name, kind, parts, encrypted } = backup.manifest
    const verified = await readVerification(backup)
    const bytes = parts.reduce((sum, { size }) => sum + size, 0)
    const state = verified ? `${verified.ok ? 'verified' : 'FOUND WRONG'} ${verified.at}` : 'not verified'
    say(`${name}  ${kind.padEnd(7)}  ${`${(bytes / 1e6).toFixed(1)} MB`.padStart(10)}  ${encrypted ? 'encrypted  ' : ''}${state}`)
  }
}
