import { conflict, notFound, type ServerFeature } from '#platform/server'

export const floorPlanProblems: NonNullable<ServerFeature['problems']> = {
  'too-many-floor-plans': {
    status: 409,
    title: { 'zh-CN': '平面图过多', en: 'Too many floor plans' },
    explanation: {
      'zh-CN': '每家公司的平面图数量有限。请先删除一张。',
      en: 'A company has so many at most. Remove one first.',
    },
  },
  'floor-plan-full': {
    status: 409,
    title: { 'zh-CN': '平面图已满', en: 'The floor plan is full' },
    explanation: {
      'zh-CN': '一张平面图上的机器过多就无法分辨。请为其余的机器另建一张。',
      en: 'More machines on one plan cannot be told apart. Begin another for the rest.',
    },
  },
}

/** The stranger's answer too. */
export const noSuchPlan = () => notFound({ 'zh-CN': '平面图', en: 'floor plan' })

export const tooManyPlans = (most: number) =>
  conflict(
    'too-many-floor-plans',
    { 'zh-CN': `最多 ${most} 张平面图。`, en: `There may be ${most} floor plans.` },
    { 'zh-CN': '请先删除一张。', en: 'Remove one first.' },
  )

export const planFull = (most: number) =>
  conflict(
    'floor-plan-full',
    { 'zh-CN': `一张平面图上最多 ${most} 台机器。`, en: `There may be ${most} machines on one plan.` },
    { 'zh-CN': '请为其余的机器另建一张平面图。', en: 'Begin another plan for the rest.' },
  )
