import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const productProblems = {
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
} satisfies ServerFeature['problems']
