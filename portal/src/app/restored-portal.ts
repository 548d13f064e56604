import {
  type Backup,
  type Config,
  createLog,
  type FileStore,
  openFileStore,
  postgresFolder,
  StartFailure,
  spoolOf,
} from '#platform/server'
import { features } from './features.ts'
import { type Portal, startPortal } from './portal.ts'

/** Runs the work in a portal on a restored database: migrated, without jobs, listeners and a port. */
export async function withRestored<T>(config: Config, url: string, work: (portal: Portal) => Promise<T>): Promise<T> {
  const portal = await startPortal(
    { ...config, databaseUrl: url, databasePool: 4 },
    { features, background: false, claim: false, restoring: true, log: createLog('error') },
  )
  return work(portal).finally(() => portal.stop())
}

export function secretFor(config: Config, { manifest }: Backup): string | null {
  if (!manifest.encrypted) return null
  const secret = config.backup?.secret
  if (!secret)
    throw new StartFailure('The backup is encrypted: set BACKUP_DIR, and BACKUP_SECRET to the secret it was made with.')
  return secret
}

/** Where uploaded files are, if not in DATA_DIR. */
export const bucketOf = (config: Config): FileStore | null => (config.filesUrl === null ? null : openFileStore(config))

/** Where the embedded server of this configuration leaves its log. */
export const archiveOf = ({ backup, dataDir }: Config) =>
  backup ? { archive: { folder: spoolOf(postgresFolder(dataDir)), seconds: backup.lag } } : {}
