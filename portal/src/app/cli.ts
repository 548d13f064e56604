import { parseArgs } from 'node:util'
import { Failure, StartFailure } from '#platform/server'
import { advisories } from './commands/advisories.ts'
import { attackCommand } from './commands/attack.ts'
import { backUpCommand } from './commands/back-up.ts'
import { brokerAcl } from './commands/broker-acl.ts'
import type { Command } from './commands/command.ts'
import { diffModelsCommand } from './commands/diff-models.ts'
import { exportAudit } from './commands/export-audit.ts'
import { exportModelCommand } from './commands/export-model.ts'
import { listBackupsCommand } from './commands/list-backups.ts'
import { exportConfigurationCommand, importConfigurationCommand } from './commands/move-configuration.ts'
import { newModel } from './commands/new-model.ts'
import { publishModel } from './commands/publish-model.ts'
import { removeDemo } from './commands/remove-demo.ts'
import { restoreBackupCommand } from './commands/restore-backup.ts'
import { keysStatusCommand, rotateKeysCommand } from './commands/rotate-keys.ts'
import { testModel } from './commands/test-model.ts'
import { validateModel } from './commands/validate-model.ts'
import { verifyAudit } from './commands/verify-audit.ts'
import { verifyBackupCommand } from './commands/verify-backup.ts'

/** Every command, by hand. */
const commands: readonly Command[] = [
  newModel,
  validateModel,
  testModel,
  diffModelsCommand,
  publishModel,
  exportModelCommand,
  backUpCommand,
  listBackupsCommand,
  verifyBackupCommand,
  restoreBackupCommand,
  verifyAudit,
  exportAudit,
  rotateKeysCommand,
  keysStatusCommand,
  advisories,
  attackCommand,
  brokerAcl,
  exportConfigurationCommand,
  importConfigurationCommand,
  removeDemo,
]

// a server started for a command ends with it
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof StartFailure || error instanceof Failure)) throw error
  console.error(error.message)
  if (error instanceof Failure) {
    for (const { field, message, remedy } of error.errors ?? [])
      console.error(`  ${field}: ${message.en}${remedy ? ` → ${remedy.en}` : ''}`)
    if (error.remedy) console.error(error.remedy.en)
  }
  process.exitCode = 1
}

async function run(words: string[]): Promise<void> {
  const command = commands.find(one => `${words.join(' ')} `.startsWith(`${one.words} `))
  if (!command) throw new StartFailure(usage())
  const { positionals, values } = readWords(command, words.slice(command.words.split(' ').length))
  const needed = command.parameters?.length ?? 0
  if (positionals.length < needed || positionals.length > needed + (command.optional ? 1 : 0))
    throw new StartFailure(usage(command))
  await command.run({ parameters: positionals, options: values })
}

function readWords({ options = {}, ...command }: Command, args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options })
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n\n${usage(command)}`)
  }
}

/** Of one command, or of all. */
function usage(of?: Omit<Command, 'options'>): string {
  const shown = of ? [of] : commands
  const lines = shown.flatMap(({ words, parameters = [], optional, optionWords = '', help }) => [
    `  npm run fettle -- ${[words, ...parameters.map(name => `<${name}>`), optional && `[<${optional}>]`, optionWords].filter(Boolean).join(' ')}`,
    ...help.map(line => `      ${line}`),
  ])
  return ['Usage:', ...lines].join('\n')
}
