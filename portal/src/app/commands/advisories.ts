import { resolve } from 'node:path'
import { advisoryFile, makeAdvisories } from '#features/operations/server'
import { readConfig } from '#platform/server'
import { type Command, project } from './command.ts'

export const advisories: Command = {
  words: 'advisories',
  options: { out: { type: 'string' } },
  optionWords: '[--out <file>]',
  help: [
    'Asks the npm registry what is known against the packages in use, and writes the report that the health page of the console',
    'shows: into DATA_DIR, or into a file to be carried there where the portal has no way to the registry.',
  ],
  async run({ options: { out } }) {
    const file = typeof out === 'string' ? resolve(out) : advisoryFile(readConfig(process.env, project).dataDir)
    const { critical, high, moderate, low } = await makeAdvisories(project, file, new Date())
    console.log(`${critical} critical, ${high} high, ${moderate} moderate, ${low} low. The report is in ${file}`)
  },
}
