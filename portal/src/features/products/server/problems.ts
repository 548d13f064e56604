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
} satisfies ServerFeature['problems']
