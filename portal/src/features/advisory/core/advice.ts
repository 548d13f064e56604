import { type Condition, meets, type Signal } from './signal.ts'

export interface Advised<Rule> {
  rule: Rule
  /** what of the machine asks for it: of several, what has shown longest of those that the reader is told */
  because: Signal
}

/** Which rules hold for what a machine shows now, each once, in the order of the rules. */
export const adviceFor = <Rule extends { when: Condition }>(
  rules: readonly Rule[],
  signals: readonly Signal[],
): Advised<Rule>[] =>
  rules.flatMap(rule => {
    const [because] = signals
      .filter(signal => meets(rule.when, signal))
      .toSorted((a, b) => Number(a.name === null) - Number(b.name === null) || Date.parse(a.since) - Date.parse(b.since))
    return because ? [{ rule, because }] : []
  })
