import type { ModelError, RuleRef } from './api.ts'
import type { Compiled } from './compile.ts'
import { decide, start } from './decide.ts'
import { exampleFails, text } from './errors.ts'
import { explain } from './explain.ts'
import type { Decision, Example, LocalizedText } from './model.ts'

export interface ExampleResult {
  example: Example
  holds: boolean
  /** `example-fails`, with the rules behind it, where it does not hold */
  error: ModelError | null
}

/** Whether each example of the model is still as its author expects. As long as the model is hard, once per example. */
export function testExamples(compiled: Compiled): ExampleResult[] {
  const { examples = [] } = compiled.model
  return examples.map((example, i) => {
    const obstacle = obstacleTo(compiled, example.decisions)
    const holds = (obstacle === undefined) === (example.expect === 'possible')
    return { example, holds, error: holds ? null : exampleFails({ path: `/examples/${i}` }, nameOf(example), obstacle) }
  })
}

interface Obstacle {
  decision: LocalizedText
  because: LocalizedText
}

/** The first decision that cannot stand beside those before it, and what stands against it. */
function obstacleTo(compiled: Compiled, decisions: readonly Decision[]): Obstacle | undefined {
  let state = start(compiled)
  for (const decision of decisions) {
    const decided = decide(state, decision)
    const name = subjectOf(compiled, decision)
    if (decided.status === 'error') return { decision: name, because: decided.error.message }
    if (decided.status === 'conflict') return { decision: name, because: listed(decided.explanation.rules) }
    if (decided.state.decisions.length === state.decisions.length) {
      // it took the place of an earlier one, and an example means all of its decisions at once
      const { verdict, rules } = explain(state, decision)
      if (verdict === 'impossible') return { decision: name, because: listed(rules) }
    }
    state = decided.state
  }
  return undefined
}

const nameOf = ({ id, name }: Example): LocalizedText => name ?? text(id, id)

function subjectOf({ index }: Compiled, decision: Decision): LocalizedText {
  const id = 'number' in decision ? decision.number : decision.option
  return index.options.get(id)?.option.name ?? index.groups.get(id)?.name ?? text(id, id)
}

function listed(rules: readonly RuleRef[]): LocalizedText {
  return text(
    rules.map(rule => rule.message?.['zh-CN'] ?? rule.id).join('；'),
    rules.map(rule => rule.message?.en ?? rule.id).join('; '),
  )
}
