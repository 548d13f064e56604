import { parseArgs } from 'node:util'
import { Failure, StartFailure } from '#platform/server'
import { advisories } from './commands/advisories.ts'
import type { Command } from './commands/command.ts'
import { importModel } from './commands/import-model.ts'
import { removeDemo } from './commands/remove-demo.ts'
import { verifyAudit } from './commands/verify-audit.ts'

/** Every command, by hand. */
const commands: readonly Command[] = [importModel, removeDemo, verifyAudit, advisories]

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
  if (positionals.length !== (command.parameters?.length ?? 0)) throw new StartFailure(usage(command))
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
  const lines = shown.flatMap(({ words, parameters = [], optionWords = '', help }) => [
    `  npm run fettle -- ${[words, ...parameters.map(name => `<${name}>`), optionWords].filter(Boolean).join(' ')}`,
    ...help.map(line => `      ${line}`),
  ])
  return ['Usage:', ...lines].join('\n')
}
