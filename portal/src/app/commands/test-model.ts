import type { Model } from '@fettle/engine'
import type { Command } from './command.ts'
import { printPlaces, provedModel } from './read-model.ts'

export const testModel: Command = {
  words: 'model test',
  parameters: ['file'],
  help: [
    'Does what is done before publishing: tries the examples of a model file and looks for what was forgotten.',
    'Ends with 1 where something stops it from being published. Needs no database.',
  ],
  async run({ parameters: [file = ''] }) {
    const { findings, json } = await provedModel(file)
    const { examples = [] } = JSON.parse(json) as Model
    const broken = findings.filter(({ code }) => code === 'example-fails').length
    const of = (severity: string) => findings.filter(found => found.severity === severity)
    const [errors, warnings] = [of('error'), of('warning')]
    for (const [title, found] of [
      ['Errors', errors],
      ['Warnings', warnings],
    ] as const) {
      if (found.length > 0) console.log(`${title} (${found.length}):`)
      printPlaces(file, found)
    }
    if (examples.length > 0) console.log(`Examples: ${examples.length - broken} of ${examples.length} hold`)
    console.log(errors.length > 0 ? `${file} must not be published` : `${file} may be published`)
    if (errors.length > 0) process.exitCode = 1
  },
}
