import { Failure, type ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const productProblems = {
  'product-withdrawn': {
    status: 410,
    title: { 'zh-CN': '此产品已停止供应', en: 'This product is no longer offered' },
    explanation: {
      'zh-CN': '该产品曾经发布，现已停用。已保存的配置仍可通过其链接查看。',
      en: 'The product was published once and has been withdrawn. Configurations saved before still open by their links.',
    },
  },
  'model-invalid': {
    status: 422,
    title: { 'zh-CN': '模型有误', en: 'The model has errors' },
    explanation: {
      'zh-CN': '模型文件无法读取，或其规则有误。errors 列出每处错误在文件中的位置、原因和修改方法；没有保存任何内容。',
      en: 'The model file cannot be read, or its rules contain errors. `errors` names each by its place in the file with reason and remedy; nothing was saved.',
    },
  },
  'model-too-hard': {
    status: 422,
    title: { 'zh-CN': '模型过难，无法检查', en: 'Too hard to check' },
    explanation: {
      'zh-CN': '在限定的时间和内存内，无法确认模型是否有可行的配置。请检查约束是否互相矛盾，简化约束或拆分模型后重试。',
      en: 'Whether the model has a possible configuration could not be settled within the time and memory set aside. See whether its constraints contradict each other, simplify them, or split the model.',
    },
  },
  'imports-busy': {
    status: 503,
    title: { 'zh-CN': '正在导入其他模型', en: 'Other models are being imported' },
    explanation: {
      'zh-CN': '模型逐个导入，等待的文件过多。请在 Retry-After 所示秒数后重试。',
      en: 'Models are imported one at a time, and too many are waiting. Wait the seconds that Retry-After names, then try again.',
    },
  },
  'no-workbook': {
    status: 422,
    title: { 'zh-CN': '无法导出为 Excel', en: 'No Excel workbook can be made' },
    explanation: {
      'zh-CN': '模型中有一段文字超过 Excel 单元格的上限，或某张工作表行数过多。请改用 JSON 导出。',
      en: 'A text of the model is longer than a cell of a spreadsheet holds, or a sheet would have too many rows. Export it as JSON.',
    },
  },
} satisfies ServerFeature['problems']

export const productWithdrawn = (): Failure =>
  new Failure({
    status: 410,
    type: 'product-withdrawn',
    title: productProblems['product-withdrawn'].title,
    detail: { 'zh-CN': '此产品已停止供应。', en: 'This product is no longer offered.' },
    remedy: {
      'zh-CN': '请查看现有产品，或联系我们了解替代产品。已保存的配置仍可通过其链接查看。',
      en: 'See the products offered now, or ask us for a replacement. Configurations saved before still open by their links.',
    },
  })
