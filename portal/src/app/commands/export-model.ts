import { existsSync } from 'node:fs'
import type { Model } from '@fettle/engine'
import { type ExportFormat, exportModel } from '@fettle/engine/formats'
import { modelAsFile, modelInvalid } from '#features/products/server'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'
import { printPlaces, provedModel, versionNamed } from './read-model.ts'
import { writeNewFile } from './write-new-file.ts'

export const exportModelCommand: Command = {
  words: 'model export',
  parameters: ['model', 'file'],
  help: [
    'Writes a model into a new file: .xlsx is the product form, which can be changed and imported again, .json the model itself;',
    '.uvl, .xml (FeatureIDE), .dimacs and .coom are for other tools, and what they cannot express is listed. The model is a file of any',
    'format, or a product by its name in addresses: /products/<product>; @version or @draft after it where not the current version is meant.',
  ],
  async run({ parameters: [name = '', file = ''] }) {
    const write = writerFor(file)
    if (!write)
      throw new StartFailure(
        `"${file}" does not say what to write. Give a name that ends with .xlsx, .json, .uvl, .xml, .dimacs or .coom.`,
      )
    if (existsSync(name)) {
      const { json, notes } = await provedModel(name)
      await write(name, JSON.parse(json) as Model)
      console.log(`Wrote ${name} to ${file}`)
      if (notes.length > 0) console.log(`Not read (${notes.length}):`)
      printPlaces(name, notes)
      return
    }
    await withPortal({}, async ({ platform }) => {
      const { model, version } = await versionNamed(platform.database, name)
      await write(name, model)
      console.log(`Wrote version ${version} of "${name.split('@', 1)[0]}" to ${file}`)
    })
  },
}

const OTHERS: Record<string, ExportFormat> = { uvl: 'uvl', xml: 'featureide', dimacs: 'dimacs', cnf: 'dimacs', coom: 'coom' }

/** By the ending of the file's name; undefined where it says nothing. */
function writerFor(file: string): ((name: string, model: Model) => Promise<void>) | undefined {
  const ending = /\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ''
  if (ending === 'xlsx' || ending === 'json')
    return async (name, model) => writeNewFile(file, (await modelAsFile(name, model, ending)).content)
  const format = Object.hasOwn(OTHERS, ending) ? OTHERS[ending] : undefined
  if (!format) return undefined
  return async (name, model) => {
    const written = exportModel(model, format)
    if (!written.ok) throw modelInvalid(name, written.errors)
    await writeNewFile(file, written.text)
    if (written.notes.length > 0) console.log(`Not expressed (${written.notes.length}):`)
    printPlaces(name, written.notes)
  }
}
