import { invalid } from '#platform/server'
import type { ModelFile } from './read-model-file.ts'

/** The model file of a request: what is text as text, anything else as base64. */
export function fileIn({
  fileName,
  text,
  base64,
}: {
  fileName: string
  text?: string | undefined
  base64?: string | undefined
}): ModelFile {
  if ((text === undefined) === (base64 === undefined)) throw eitherOr()
  return { fileName, text, bytes: base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, 'base64')) }
}

const eitherOr = () =>
  invalid([
    {
      field: '/text',
      message: {
        'zh-CN': '文件内容应写在 text 或 base64 之一。',
        en: 'The content of the file stands either in text or in base64.',
      },
      remedy: { 'zh-CN': '文本文件用 text，Excel 工作簿用 base64。', en: 'Send text files as text, workbooks as base64.' },
    },
  ])
