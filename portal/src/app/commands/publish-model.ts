import { publishModelFile } from '#features/products/server'
import { type Command, withPortal } from './command.ts'
import { modelFile, printPlaces } from './read-model.ts'

export const publishModel: Command = {
  words: 'model publish',
  parameters: ['file'],
  options: { draft: { type: 'boolean' }, reason: { type: 'string' } },
  optionWords: '[--reason "…"] [--draft]',
  help: [
    'Reads a product model (Excel product form, Fettle JSON, UVL, FeatureIDE XML, DIMACS or COOM) as the newest version of its product',
    'and publishes it, so that it can be configured in the browser at once. Works beside a running portal.',
    '--draft keeps it beside the current version, unseen by visitors, until it is published in the console.',
  ],
  async run({ parameters: [path = ''], options }) {
    const publish = options.draft !== true
    const reason = typeof options.reason === 'string' ? options.reason : undefined
    const file = modelFile(path)
    await withPortal({}, async ({ platform }) => {
      const { slug, version, notes } = await publishModelFile(platform, { ...file, publish, reason })
      console.log(
        publish
          ? `Version ${version} of "${slug}" is published: configure it at /configure/${slug}`
          : `Version ${version} of "${slug}" is its draft: look at it and publish it in the console`,
      )
      if (notes.length > 0) console.log(`Not expressed (${notes.length}):`)
      printPlaces(path, notes)
    })
  },
}
