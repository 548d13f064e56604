import type { Command } from './command.ts'
import { printPlaces, provedModel } from './read-model.ts'

export const validateModel: Command = {
  words: 'model validate',
  parameters: ['file'],
  help: ['Says whether a model file can be read and configured, with every error by its place. Needs no database.'],
  async run({ parameters: [file = ''] }) {
    const { id, version, presentation, notes } = await provedModel(file)
    const { options, constraints } = presentation
    console.log(`${file} is a valid model: ${id} ${version}, ${options} options, ${constraints} constraints`)
    if (notes.length > 0) console.log(`Not expressed (${notes.length}):`)
    printPlaces(file, notes)
  },
}
