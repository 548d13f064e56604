import { type Compiled, compile } from '../src/compile.ts'
import { decide, type State, start } from '../src/decide.ts'
import type { Constraint, Decision, Group, LocalizedText, Model, Option } from '../src/model.ts'

/** Models of a few lines for tests that say what they mean. */
export function handmade(groups: Group[], rules: string[] = [], more: Partial<Model> = {}): Model {
  return {
    format: 'fettle-model/1',
    id: 'handmade',
    version: '1',
    name: label('handmade'),
    currency: 'CNY',
    attributes: [],
    groups,
    constraints: rules.map((formula, i): Constraint => ({ id: `rule${i}`, kind: 'formula', formula })),
    ...more,
  }
}

export const label = (text: string): LocalizedText => ({ 'zh-CN': text, en: text })
export const option = (id: string, more: Partial<Option> = {}): Option => ({ id, name: label(id), ...more })
export const one = (id: string, options: string[], more: { optional?: boolean; parent?: string } = {}): Group => ({
  id,
  name: label(id),
  kind: 'choose-one',
  options: options.map(name => option(name)),
  ...more,
})
export const some = (
  id: string,
  options: (string | Option)[],
  more: { min?: number; max?: number; parent?: string } = {},
): Group => ({
  id,
  name: label(id),
  kind: 'choose-some',
  options: options.map(name => (typeof name === 'string' ? option(name) : name)),
  ...more,
})
export const number = (id: string, min: number, max: number, more: { step?: number; parent?: string } = {}): Group => ({
  id,
  name: label(id),
  kind: 'number',
  min,
  max,
  ...more,
})

/** Compiles a model that is known to be right. */
export function compiled(model: Model): Compiled {
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors, null, 1))
  return result.compiled
}

/** The state after decisions; those that do not fit are left out. */
export function stateAfter(model: Compiled, decisions: readonly Decision[]): State {
  let state = start(model)
  for (const decision of decisions) {
    const decided = decide(state, decision)
    if (decided.status === 'error') throw new Error(decided.error.message.en)
    if (decided.status === 'ok') state = decided.state
  }
  return state
}
