import type { ModelError } from '@fettle/engine'
import { conflict, Failure, type LocalizedFieldError } from '#platform/server'

const shown = 50

/** What is wrong with a model file, by place. */
export function modelInvalid(what: string, errors: ModelError[]): Failure {
  return new Failure({
    status: 422,
    type: 'model-invalid',
    title: { 'zh-CN': '模型有误', en: 'The model has errors' },
    detail: {
      'zh-CN': `“${what}”有 ${errors.length} 处错误，尚未保存任何内容。`,
      en: `“${what}” has ${errors.length} error${errors.length === 1 ? '' : 's'}. Nothing was saved.`,
    },
    remedy: { 'zh-CN': '请按下列位置修改文件后重新导入。', en: 'Correct the file at the places listed, then import it again.' },
    errors: errors.slice(0, shown).map(fieldError),
    extensions: { errorCount: errors.length },
  })
}

/** A draft whose checks stop it, or whose warnings nobody has accepted. */
export const checksFailed = (errors: ModelError[]): Failure =>
  new Failure({
    status: 422,
    type: 'checks-failed',
    title: { 'zh-CN': '检查未通过', en: 'The checks do not let it pass' },
    detail: {
      'zh-CN': `草稿有 ${errors.length} 处错误，尚未发布。`,
      en: `The draft has ${errors.length} errors. It was not published.`,
    },
    remedy: { 'zh-CN': '请修改文件，重新导入草稿。', en: 'Correct the file and import the draft again.' },
    errors: errors.slice(0, shown).map(fieldError),
  })

export const warningsNotAccepted = (count: number): Failure =>
  conflict(
    'warnings-not-accepted',
    {
      'zh-CN': `草稿有 ${count} 条提醒尚未确认，未发布。`,
      en: `Nobody has accepted the draft’s ${count} warnings. It was not published.`,
    },
    { 'zh-CN': '请阅读提醒，确认后再发布。', en: 'Read the warnings, accept them, and publish again.' },
    { warnings: count },
  )

/** A file of another product. */
export const otherModel = (found: string, expected: string): Failure =>
  new Failure({
    status: 422,
    type: 'other-model',
    title: { 'zh-CN': '这是另一个产品的模型', en: 'This is the model of another product' },
    detail: {
      'zh-CN': `文件中的模型标识是“${found}”，此产品的是“${expected}”。尚未保存任何内容。`,
      en: `The model in the file is “${found}”, that of this product “${expected}”. Nothing was saved.`,
    },
    remedy: {
      'zh-CN': `若是同一产品，请把文件中的模型标识改为“${expected}”；若是其他产品，请在产品列表中导入。`,
      en: `If it is the same product, change the model id in the file to “${expected}”; if it is another, import it from the list of products.`,
    },
  })

const fieldError = (error: ModelError): LocalizedFieldError => ({
  field: error.path,
  code: error.code,
  ...(error.value === undefined ? {} : { value: error.value.slice(0, 200) }),
  message: error.message,
  remedy: error.remedy,
})
