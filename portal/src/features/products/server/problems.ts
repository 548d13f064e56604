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
  'other-model': {
    status: 422,
    title: { 'zh-CN': '这是另一个产品的模型', en: 'This is the model of another product' },
    explanation: {
      'zh-CN': '文件中的模型标识与该产品的不同。请改正文件中的标识，或在产品列表中作为其他产品导入。',
      en: 'The model id in the file is not that of the product. Change it in the file, or import the file from the list of products as another one.',
    },
  },
  'checks-failed': {
    status: 422,
    title: { 'zh-CN': '检查未通过', en: 'The checks do not let it pass' },
    explanation: {
      'zh-CN': '草稿有错误，例如某个示例配置不再成立。errors 列出每处的位置和修改方法；没有发布任何内容。',
      en: 'The draft contains errors: an example that no longer holds, for instance. `errors` names each by its place with a remedy; nothing was published.',
    },
  },
  'warnings-not-accepted': {
    status: 409,
    title: { 'zh-CN': '提醒尚未确认', en: 'Warnings are not accepted' },
    explanation: {
      'zh-CN': '检查发现提醒，发布前须确认（acceptWarnings）。',
      en: 'The checks found warnings, which are to be accepted (`acceptWarnings`) before the draft is published.',
    },
  },
  'no-draft': {
    status: 409,
    title: { 'zh-CN': '没有草稿', en: 'No draft' },
    explanation: {
      'zh-CN': '此产品没有草稿：可能已被发布或放弃。',
      en: 'The product has no draft: it was published or discarded, or never imported.',
    },
  },
  'nothing-published': {
    status: 409,
    title: { 'zh-CN': '没有可发布的版本', en: 'Nothing that could be shown' },
    explanation: {
      'zh-CN': '此产品只有草稿。发布草稿后，访客才能看到它。',
      en: 'The product has a draft alone. Visitors see it once the draft is published.',
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
