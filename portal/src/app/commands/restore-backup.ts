import {
  type Backup,
  type Config,
  findBackup,
  listBackups,
  postgresFolder,
  readConfig,
  restore,
  StartFailure,
} from '#platform/server'
import { features } from '../features.ts'
import { archiveOf, bucketOf, secretFor, withRestored } from '../restored-portal.ts'
import { type Command, project } from './command.ts'

export const restoreBackupCommand: Command = {
  words: 'restore',
  optional: 'backup',
  options: { at: { type: 'string' }, replace: { type: 'boolean' } },
  optionWords: '[--at <time>] [--replace]',
  help: [
    'Restores a backup (the newest, or by its name or folder), with the log up to its end or to a time such as',
    '2026-11-25T12:00:00Z. The portal must be stopped. --replace keeps what is there aside, instead of refusing.',
  ],
  run({ parameters: [name], options: { at, replace } }) {
    return restoreNamed(readConfig(process.env, project), name, { at: at as string, replace: replace === true }, console.log)
  },
}

export interface RestoreWishes {
  /** ISO 8601; where it is not said, to the end of the log */
  at?: string | undefined
  replace?: boolean | undefined
  /** survives a power cut; false is for throw-away databases in tests */
  durable?: boolean
}

/** Restores a backup into the place of the configuration, and does again what must not come undone. */
export async function restoreNamed(
  config: Config,
  name: string | undefined,
  { at, replace = false, durable = true }: RestoreWishes,
  say: (line: string) => void,
): Promise<void> {
  const moment = at === undefined ? null : readMoment(at)
  const backup = await chooseBackup(config, name, moment)
  const { dataDir, databaseUrl } = config
  const { lastTransaction, aside } = await restore({
    backup,
    at: moment,
    replace,
    durable,
    secret: secretFor(config, backup),
    logSecret: config.backup?.secret ?? null,
    dataDir,
    databaseUrl,
    bucket: bucketOf(config),
    embeddedWarehouse: config.clickhouseUrl === null,
    postgresFolder: postgresFolder(dataDir),
    ...archiveOf(config),
    afterwards: url =>
      withRestored(config, url, async ({ platform }) => {
        for (const feature of features) await feature.afterRestore?.(platform)
        await platform.audit.write({ action: 'database.restored', facts: { backup: backup.manifest.name, at: at ?? null } })
      }),
  })
  say(`Restored ${backup.manifest.name}${lastTransaction ? `; the last transaction is of ${lastTransaction}` : ''}`)
  if (config.clickhouseUrl !== null)
    say('Readings of machines are on the server of CLICKHOUSE_URL: bring them back by the backup of that server.')
  for (const place of aside) say(`What was there before lies in ${place}; remove it when you are sure.`)
  say('Start the portal now.')
}

function readMoment(text: string): Date {
  const moment = new Date(text)
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(moment.getTime())) return moment
  throw new StartFailure(`--at: "${text}" is not a time with its zone. Write it as 2026-11-25T12:00:00Z.`)
}

/** The newest backup that was finished by then. */
async function chooseBackup(config: Config, name: string | undefined, at: Date | null): Promise<Backup> {
  const dir = config.backup?.dir ?? null
  if (at === null || dir === null || (name !== undefined && name !== 'latest')) {
    const backup = await findBackup(dir, name)
    if (at === null || Date.parse(backup.manifest.finishedAt) <= at.getTime()) return backup
    throw new StartFailure(
      `--at: ${backup.manifest.name} was finished at ${backup.manifest.finishedAt}: name an older backup, or a later time.`,
    )
  }
  const earlier = (await listBackups(dir)).filter(
    ({ manifest }) => manifest.kind === 'base' && Date.parse(manifest.finishedAt) <= at.getTime(),
  )
  const chosen = earlier.at(-1)
  if (!chosen) throw new StartFailure(`--at: no backup in ${dir} was finished by ${at.toISOString()}: choose a later time.`)
  return chosen
}
