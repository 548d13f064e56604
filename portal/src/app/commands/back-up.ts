import { resolve } from 'node:path'
import {
  type BackupTurn,
  type Config,
  inBackupTurn,
  makeBackup,
  noteFailure,
  postgresFolder,
  pruneBackups,
  readBackupStanding,
  readConfig,
  StartFailure,
  startPostgres,
} from '#platform/server'
import { archiveOf, bucketOf } from '../restored-portal.ts'
import { type Command, project } from './command.ts'
import { verify } from './verify-backup.ts'

export const backUpCommand: Command = {
  words: 'backup',
  options: {
    to: { type: 'string' },
    keep: { type: 'string' },
    logical: { type: 'boolean' },
    'if-due': { type: 'boolean' }, // as the portal calls it
  },
  optionWords: '[--to <folder>] [--keep <number>] [--logical]',
  help: [
    'Makes a full backup in BACKUP_DIR or the folder named, beside a portal that may be running.',
    '--keep removes older ones beyond so many. --logical takes rows instead of files: for moving to a server of your own.',
  ],
  async run({ options: { to, keep, logical, 'if-due': ifDue } }) {
    const wishes = { to: to as string, logical: logical === true, ifDue: ifDue === true, keep: readKeep(keep as string) }
    if (!(await backUp(readConfig(process.env, project), wishes, console.log))) process.exitCode = 1
  },
}

function readKeep(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new StartFailure(`--keep: "${text}" is not a whole number from 1 to 9999. Say how many backups to keep.`)
}

export interface BackUpWishes {
  /** another folder than BACKUP_DIR */
  to?: string | undefined
  /** rows instead of files, of the embedded database too */
  logical?: boolean | undefined
  /** removes older ones beyond so many; where it is not said, none */
  keep?: number | undefined
  /** verifies it too, and keeps as many as BACKUP_KEEP says; does nothing while the newest is new enough */
  ifDue?: boolean | undefined
}

/** Makes a full backup beside a portal that may be running. Answers whether it is good, as far as that was asked. */
export async function backUp(
  config: Config,
  { to, logical, keep, ifDue }: BackUpWishes,
  say: (line: string) => void,
): Promise<boolean> {
  const dir = to ? resolve(to) : config.backup?.dir
  if (!dir) throw new StartFailure('Set BACKUP_DIR to the folder that takes the backups, or name one with --to.')
  if (ifDue && (await readBackupStanding(config, new Date()))?.due === false) return true
  const secret = config.backup?.secret ?? null
  const folder = config.databaseUrl === null && !logical ? postgresFolder(config.dataDir) : null
  const source = {
    postgresFolder: folder,
    dataDir: config.dataDir,
    bucket: bucketOf(config),
    embeddedWarehouse: config.clickhouseUrl === null,
  }
  const work = async (turn: BackupTurn) => {
    const backup = await makeBackup(turn, source, dir, secret)
    await noteFailure(config.dataDir, null)
    const bytes = backup.manifest.parts.reduce((sum, { size }) => sum + size, 0)
    say(`Backed up to ${backup.folder} (${backup.manifest.kind}, ${(bytes / 1e6).toFixed(1)} MB${secret ? ', encrypted' : ''})`)
    if (config.clickhouseUrl !== null)
      say(
        'Readings of machines are on the server of CLICKHOUSE_URL and not in this backup: back that server up by its own means.',
      )
    const good = ifDue ? (await verify(config, backup, say)).ok : true
    const most = keep ?? (ifDue ? config.backup?.keep : undefined)
    const removed = most === undefined ? [] : await pruneBackups(dir, most)
    if (removed.length > 0) say(`Removed ${removed.join(', ')}`)
    return good
  }
  return withDatabase(config, url => inBackupTurn(url, work)).catch(async error => {
    await noteFailure(config.dataDir, (error as Error).message)
    throw error
  })
}

async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== null) return work(config.databaseUrl)
  const folder = postgresFolder(config.dataDir)
  const postgres = await startPostgres(folder, { join: true, ...archiveOf(config) })
  return work(postgres.url).finally(() => postgres.stop())
}
