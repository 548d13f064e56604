import type { LocalizedText } from '#platform/core'
import { invalid, type LocalizedFieldError } from '#platform/server'
import type { Condition, PlanFields } from '../../core/index.ts'

interface Rule {
  id: string
  name: LocalizedText
}

/**
 * A plan whose conditions on alarms know their rule by its id: a name that one rule of the type has becomes that id. Another name is left, and
 * holds for alarms that are called so. 422 for an id that no rule of the type has.
 */
export function bindAlarms({ tasks, advice }: PlanFields, rules: readonly Rule[]): PlanFields {
  const wrong: LocalizedFieldError[] = []
  const bind = (condition: Condition, field: string): Condition => {
    const { kind, code } = condition
    if (kind !== 'alarm' || rules.some(({ id }) => id === code)) return condition
    if (isId.test(code)) wrong.push(noSuchRule(field, code))
    const named = rules.filter(({ name }) => name['zh-CN'] === code || name.en === code)
    return named.length === 1 ? { ...condition, code: named[0]!.id } : condition
  }
  const bound = {
    tasks: tasks.map((task, at) => ({
      ...task,
      condition: task.condition && bind(task.condition, `/tasks/${at}/condition/code`),
    })),
    advice: advice.map((one, at) => ({ ...one, when: bind(one.when, `/advice/${at}/when/code`) })),
  }
  if (wrong.length > 0) throw invalid(wrong)
  return bound
}

const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

const noSuchRule = (field: string, value: string): LocalizedFieldError => ({
  ...{ field, value },
  message: { 'zh-CN': '机型中没有这条报警规则。', en: 'The type has no such alarm rule.' },
  remedy: { 'zh-CN': '请选择机型的一条报警规则。', en: 'Choose an alarm rule of the type.' },
})
