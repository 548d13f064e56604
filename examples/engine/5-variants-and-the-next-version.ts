import { type Compiled, compile, complete, count, counterOf, decideAll, type Model, migrate, start } from '@fettle/engine'
import { compressor } from './compressor.ts'

const first = compiled(compressor)
const counter = counterOf(first) // once, where the model is published
console.log('Variants:', count(counter, start(first)).most)

const { state } = decideAll(first, [
  { option: 'm7', chosen: true },
  { option: 'a16', chosen: true },
  { option: 't100', chosen: true },
])
console.log('Left after three clicks:', count(counter, state).most)
const saved = { decisions: state.decisions, selection: complete(state, { goal: 'defaults' }).selection! }

// The next version: the smallest tank is gone, and motors from 7.5 kW on need the larger socket.
const next: Model = structuredClone(compressor)
next.version = '2'
for (const group of next.groups) if (group.kind === 'choose-one') group.options = group.options.filter(({ id }) => id !== 't100')
for (const rule of next.prices!) if (rule.kind === 'options') delete rule.amounts.t100
next.constraints.push({ id: 'socket', kind: 'requires', if: 'm7 | m11', then: 'a32' })

const { kept, dropped, differences } = migrate(compiled(next), saved)
console.log('Kept:', kept)
for (const { decision, error, explanation } of dropped)
  console.log('Given up:', decision, error ? error.message.en : explanation!.rules.map(({ id }) => id))
for (const difference of differences) console.log(difference)

function compiled(model: Model): Compiled {
  const result = compile(model)
  if (!result.ok) throw new Error(result.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n'))
  return result.compiled
}
