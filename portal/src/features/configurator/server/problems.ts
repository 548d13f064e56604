import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const configuratorProblems = {
  'selection-invalid': {
    status: 422,
    title: { 'zh-CN': '配置不可行', en: 'This configuration is not possible' },
    explanation: {
      'zh-CN': '服务器用产品规则重新检查了所选配置，发现违反规则之处，见 errors。请在配置器中修改后重试。',
      en: 'The server checked the selection against the rules of the product again and found rules it breaks: see `errors`. Change it in the configurator and try again.',
    },
  },
  'price-differs': {
    status: 409,
    title: { 'zh-CN': '价格不一致', en: 'The price differs' },
    explanation: {
      'zh-CN': '提交的价格与服务器计算的当前价格（net，以最小货币单位表示）不一致。请重新加载配置器，核对价格后再提交。',
      en: 'The price sent is not the one the server works out now (`net`, in minor units). Reload the configurator, look at the price and submit again.',
    },
  },
  'model-withdrawn': {
    status: 409,
    title: { 'zh-CN': '产品版本已停用', en: 'Version withdrawn' },
    explanation: {
      'zh-CN': '该产品版本已停用，已有配置仍可查看，但不能保存新配置。currentVersionId 为当前版本（如有）。',
      en: 'This version of the product is withdrawn: configurations of it can be read, but new ones cannot be saved. `currentVersionId` is the version to configure instead, if there is one.',
    },
  },
} satisfies ServerFeature['problems']
