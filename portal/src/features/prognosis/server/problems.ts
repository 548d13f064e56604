import { conflict, type ServerFeature } from '#platform/server'
import { fewestFailures } from '../core/index.ts'

/** The problems of this feature, as the reference explains them. */
export const prognosisProblems: NonNullable<ServerFeature['problems']> = {
  'too-few-failures': {
    status: 409,
    title: { 'zh-CN': '故障记录不足', en: 'Too few failures' },
    explanation: {
      'zh-CN': `训练剩余寿命模型至少需要 ${fewestFailures} 次已知故障。请先补充故障记录。`,
      en: `A model of remaining life needs at least ${fewestFailures} failures that are known. Add what is known of earlier ones first.`,
    },
  },
  'model-training': {
    status: 409,
    title: { 'zh-CN': '训练进行中', en: 'A training goes on' },
    explanation: {
      'zh-CN': '同一部件同时只能训练一个模型。请等待完成或先取消。',
      en: 'One model of a component is trained at a time. Wait until it is done, or cancel it.',
    },
  },
  'model-not-accepted': {
    status: 409,
    title: { 'zh-CN': '模型未通过验收', en: 'The model was not accepted' },
    explanation: {
      'zh-CN': '只有通过验收的模型才能启用。请查看未通过的原因。',
      en: 'Only a model that was accepted can foretell. Its reasons are listed beside it.',
    },
  },
  'no-model-runs': {
    status: 409,
    title: { 'zh-CN': '没有启用的模型', en: 'No model runs' },
    explanation: { 'zh-CN': '没有正在使用的模型，无从回退。', en: 'No model runs, so there is nothing to roll back.' },
  },
  'life-known': {
    status: 409,
    title: { 'zh-CN': '该记录已存在', en: 'This is noted already' },
    explanation: {
      'zh-CN': '这台机器的该部件在这一天的结束已有记录。',
      en: 'The end of this component of this machine on that day is noted already.',
    },
  },
}

export function refused(type: keyof typeof prognosisProblems & string) {
  const { explanation } = prognosisProblems[type]!
  return conflict(type, explanation)
}
