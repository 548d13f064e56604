import { modelTemplate } from '#features/products/server'
import { StartFailure } from '#platform/server'
import type { Command } from './command.ts'
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
