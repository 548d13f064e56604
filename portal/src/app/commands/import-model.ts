import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { publishModelFile } from '#features/products/server'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'

export const importModel: Command = {
  words: 'import model',
  parameters: ['file'],
  options: { draft: { type: 'boolean' } },
  optionWords: '[--draft]',
  help: [
    'Reads a product model (Excel product form, Fettle JSON, UVL, FeatureIDE XML or DIMACS) as the newest version of its product',
    'and publishes it, so that it can be configured in the browser at once. Works beside a running portal.',
    '--draft keeps a new product from visitors until it is published in the console.',
  ],
  async run({ parameters: [file = ''], options }) {
    const bytes = readModel(file)
    const publish = options.draft !== true
    await withPortal({}, async ({ platform }) => {
      const { slug, version, notes } = await publishModelFile(platform, { fileName: basename(file), bytes, publish })
      const where = publish ? `and published: configure it at /configure/${slug}` : 'as a draft: publish it in the console'
      console.log(`The model is imported as version ${version} of "${slug}" ${where}`)
      if (notes.length > 0) console.log(`Not expressed (${notes.length}):`)
      for (const { path, message, remedy } of notes) console.log(`  ${file}:${path}: ${message.en} → ${remedy.en}`)
    })
  },
}

function readModel(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file))
  } catch (error) {
    throw new StartFailure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that exists.`)
  }
}
