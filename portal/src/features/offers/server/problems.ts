import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const offerProblems = {
  'offer-transition': {
    status: 409,
    title: { 'zh-CN': '报价当前状态不允许', en: 'The offer is not in a state for this' },
    explanation: {
      'zh-CN': '报价版本只能按状态表变化：例如已过期、已撤回或已被新版本取代的报价不能再接受。from 是当前状态，to 是请求的状态。',
      en: 'A version of an offer moves along a table: one that has expired, was withdrawn or was superseded cannot be accepted any more. `from` is its state, `to` the one asked for.',
    },
  },
  'offer-incomplete': {
    status: 422,
    title: { 'zh-CN': '报价还不能发送', en: 'The offer cannot be sent yet' },
    explanation: {
      'zh-CN':
        '草稿可以不完整，发送时不行：每行须有名称和单价，付款各期合计 100%，有效期未过，折扣在发送人的上限之内。errors 逐项说明。',
      en: 'A draft may be incomplete, an offer that is sent may not: every line has a name and a price, the instalments add up to 100 %, its last day is to come, and no discount exceeds what whoever sends may give. `errors` names each.',
    },
  },
} satisfies ServerFeature['problems']
