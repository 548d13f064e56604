import { compile, type Decision, decideAll, explain, repair } from '@fettle/engine'
import { compressor } from './compressor.ts'

const result = compile(compressor)
if (!result.ok) throw new Error('The model has errors')

const { state } = decideAll(result.compiled, [
  { option: 't270', chosen: true },
  { option: 'a16', chosen: true },
  { option: 'dryer', chosen: true },
])

const wish: Decision = { option: 'm7', chosen: true }
const { verdict, decisions, rules } = explain(state, wish)
console.log('A 7.5 kW motor is', verdict)
console.log('because of', decisions.map(said).join(' and '))
for (const { message } of rules) if (message) console.log('and the rule:', message.en)

for (const { remove, priceDifference } of repair(state, wish, { by: 'cheapest' }).repairs)
  console.log('Without', remove.map(said).join(' and '), 'it can be had, for', priceDifference! / 100, 'CNY')

function said(decision: Decision): string {
  return 'option' in decision ? decision.option : `${decision.number} = ${decision.value}`
}
