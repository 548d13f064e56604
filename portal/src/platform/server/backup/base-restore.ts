import { chown, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type EmbeddedPostgresOptions, recoverPostgres } from '../postgres.ts'
import { findBinaries } from '../postgres-binaries.ts'
import { StartFailure } from '../start-failure.ts'
import type { Backup } from './manifest.ts'
import { readPart } from './parts.ts'
import { extractTar } from './tar.ts'
import { archiveReach, stageLog, takeFrom } from './wal-archive.ts'

export type RestoreTarget =
  /** everything the archive has */
  | { kind: 'end' }
  | { kind: 'time'; at: Date }
  /** the moment the backup's facts tell of, out of the backup alone */
  | { kind: 'backup' }

/**
 * Restores a base backup into the empty folder `folder`, ready for startPostgres. Answers when its last transaction was made.
 * Throws StartFailure naming what is damaged, what of the log is missing, or how far it reaches.
 */
export async function restoreBase(
  backup: Backup,
  folder: string,
  target: RestoreTarget,
  secret: string | null,
  { logSecret = secret, ...options }: Pick<EmbeddedPostgresOptions, 'archive' | 'durable'> & { logSecret?: string | null } = {},
): Promise<{ lastTransaction: string | null }> {
  const { user } = await findBinaries()
  const handOver = async (path: string) => {
    if (user.uid !== undefined) await chown(path, user.uid, user.gid!)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await handOver(folder)
  for (const part of ['cluster.tar.zst', 'log.tar.zst'])
    await readPart(join(backup.folder, part), secret, content => extractTar(content, folder, handOver))
  if (target.kind === 'backup') {
    const { restorePoint } = backup.manifest.wal!
    return recoverPostgres(folder, {
      ...options,
      restoreCommand: 'exit 1', // the backup has all it needs
      target: restorePoint ? { recovery_target_name: restorePoint } : {},
    })
  }
  const dir = dirname(backup.folder)
  const { names, missing, endsAt } = await archiveReach(dir, backup)
  const gap = missing[0] && `The segment ${missing[0]} of the log is missing in the archive (${missing.length} in all)`
  if (gap && target.kind === 'end') {
    throw new StartFailure(
      `${gap}: only what was done before ${endsAt} can be restored. Say so with --at ${endsAt}, or find the segment.`,
    )
  }
  const log = join(folder, 'log')
  await stageLog(dir, backup, names, log, logSecret, handOver)
  try {
    return await recoverPostgres(folder, {
      ...options,
      restoreCommand: takeFrom(log),
      target:
        target.kind === 'time' ? { recovery_target_time: target.at.toISOString().replace('T', ' ').replace('Z', '+00') } : {},
    })
  } catch (error) {
    if (!(error instanceof StartFailure) || !/before configured recovery target was reached/.test(error.message)) throw error
    const at = target.kind === 'time' ? target.at.toISOString() : 'its end'
    throw new StartFailure(
      gap
        ? `${gap}, so that ${at} cannot be reached. Restore to a time before ${endsAt}.`
        : `The log ends before ${at}: nothing was done after it, or the archive lacks the last segments. Leave --at out to restore all there is.`,
    )
  } finally {
    await rm(log, { recursive: true, force: true })
  }
}
