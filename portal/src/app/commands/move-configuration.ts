import { readFile } from 'node:fs/promises'
import {
  type ConfigurationPlan,
  exportConfiguration,
  importConfiguration,
  planConfiguration,
  StartFailure,
} from '#platform/server'
import { features } from '../features.ts'
import { type Command, withPortal } from './command.ts'
import { writeNewFile } from './write-new-file.ts'

export const exportConfigurationCommand: Command = {
  words: 'config export',
  parameters: ['file'],
  help: [
    'Writes all that is set up in the console into a new JSON file: profile, look with its pictures, prices, answering, mail server,',
    'redirects … for another installation, or to be kept. No password and no secret is in it, and no product, customer or colleague.',
  ],
  async run({ parameters: [file = ''] }) {
    await withPortal({}, async ({ platform }) => {
      const text = await exportConfiguration(platform, features)
      await writeNewFile(file, text, 0o600)
      const names = Object.keys(JSON.parse(text).parts)
      console.log(names.length === 0 ? `Nothing is set up here yet: ${file} is empty.` : `Wrote ${names.join(', ')} to ${file}`)
    })
  },
}

export const importConfigurationCommand: Command = {
  words: 'config import',
  parameters: ['file'],
  options: { check: { type: 'boolean' } },
  optionWords: '[--check]',
  help: [
    'Sets this portal up as such a file says, all of it or nothing; what the file does not speak of stays. Works beside a running portal.',
    '--check only says what would change.',
  ],
  async run({ parameters: [file = ''], options }) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new StartFailure(`${file} cannot be read (${error.code}).`)
    })
    const work = options.check === true ? planConfiguration : importConfiguration
    const plan = await withPortal({}, ({ platform }) => work(platform, features, text))
    for (const line of linesOf(plan)) console.log(line)
    console.log(sumOf(plan, options.check === true))
  },
}

function linesOf({ parts, byHand }: ConfigurationPlan): string[] {
  const shown = (value: string | null) => value ?? '–'
  return [
    ...parts.flatMap(({ name, title, changes }) => [
      `${title.en} (${name})`,
      ...changes.map(({ path, before, after }) => `  ${path || '/'}: ${shown(before)} → ${shown(after)}`),
    ]),
    ...(byHand.length > 0 ? ['To be done by hand:', ...byHand.map(what => `  ${what.en}`)] : []),
  ]
}

function sumOf({ parts, same }: ConfigurationPlan, checked: boolean): string {
  const others = same.length > 0 ? ` Already so: ${same.join(', ')}.` : ''
  if (parts.length === 0) return `Nothing ${checked ? 'would change' : 'had to be changed'}.${others}`
  const names = parts.map(({ name }) => name).join(', ')
  return checked ? `Would change ${names}. Nothing was written.${others}` : `Changed ${names}.${others}`
}
