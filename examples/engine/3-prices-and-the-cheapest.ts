import { compile, complete, decideAll, price } from '@fettle/engine'
import { compressor } from './compressor.ts'

const result = compile(compressor)
if (!result.ok) throw new Error('The model has errors')

const { state } = decideAll(result.compiled, [
  { option: 'dryer', chosen: true },
  { option: 't500', chosen: true },
  { number: 'hose', value: 20 },
])

const { status, bound, selection } = complete(state, { goal: 'cheapest' })
console.log(status, '- none is cheaper than', bound / 100)

const { lines, net, tax, gross, currency } = price(result.compiled, selection!)
for (const { name, quantity, amount } of lines)
  console.log(name.en.padEnd(24), String(quantity).padStart(3), (amount / 100).toFixed(2).padStart(10))
console.log('net', net / 100, '+', tax!.name.en, tax!.amount / 100, '=', gross / 100, currency)
