// The engine in Node: node examples/engine-in-20-lines.ts
import { readFileSync } from 'node:fs'
import { compile, complete, decideAll, domains, explain, price, repair } from '@fettle/engine'

const model = JSON.parse(readFileSync(new URL('rotary-table/model.json', import.meta.url), 'utf8'))
const result = compile(model)
if (!result.ok) throw new Error(result.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n'))

const { state } = decideAll(result.compiled, [
  { option: 'd200', chosen: true },
  { number: 'load', value: 50 },
])
console.log('Hydraulic brake:', domains(state).options.b_hyd?.state)

const wish = { option: 'b_hyd', chosen: true }
console.log(
  'Because:',
  explain(state, wish).rules.map(rule => rule.message?.en),
)
for (const { remove, priceDifference } of repair(state, wish, { by: 'fewest' }).repairs)
  console.log('Possible without', remove, 'for', priceDifference)

const { selection, status } = complete(state, { goal: 'cheapest' })
if (selection)
  console.log('The cheapest,', status, selection.options, price(result.compiled, selection).gross / 100, model.currency)
