import { modelAsFile, modelTemplate } from '#features/products/server'
import { StartFailure } from '#platform/server'
import { type Command, withPortal } from './command.ts'
import { versionNamed } from './read-model.ts'
import { writeNewFile } from './write-new-file.ts'

export const newModel: Command = {
  words: 'model new',
  parameters: ['file'],
  options: { example: { type: 'boolean' } },
  optionWords: '[--example]',
  help: [
    'Writes the product form as a new Excel workbook that explains itself; fill it in and publish it with `model publish`.',
    '--example fills it in with a small product.',
  ],
  async run({ parameters: [file = ''], options }) {
    if (!/\.xlsx$/i.test(file)) throw new StartFailure(`"${file}" is no Excel workbook. Give a name that ends with .xlsx.`)
    await writeNewFile(file, (await modelTemplate({ example: options.example === true }, 'zh-CN')).content)
    console.log(`Wrote the product form to ${file}. Fill it in, then: npm run fettle -- model publish ${file}`)
  },
}

export const exportModelCommand: Command = {
  words: 'model export',
  parameters: ['product', 'file'],
  help: [
    'Writes the current model of a product into a new file: .xlsx is the product form, which can be changed and imported again,',
    '.json the model itself. The product goes by its name in addresses: /products/<product>; @version or @draft after it where not the current',
    'version is meant.',
  ],
  async run({ parameters: [name = '', file = ''] }) {
    const format = /\.(xlsx|json)$/i.exec(file)?.[1]?.toLowerCase() as 'xlsx' | 'json' | undefined
    if (!format) throw new StartFailure(`"${file}" does not say what to write. Give a name that ends with .xlsx or .json.`)
    await withPortal({}, async ({ platform }) => {
      const { model, version } = await versionNamed(platform.database, name)
      await writeNewFile(file, (await modelAsFile(name, model, format)).content)
      console.log(`Wrote version ${version} of "${name.split('@', 1)[0]}" to ${file}`)
    })
  },
}
