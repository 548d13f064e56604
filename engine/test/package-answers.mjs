// Asks the engine for everything once and prints what it says. Where it lies decides which engine that is: node package-answers.mjs model.json
import { readFileSync } from 'node:fs'
import {
  bom,
  check,
  compile,
  complete,
  count,
  counterOf,
  decide,
  domains,
  explain,
  indexModel,
  migrate,
  optionDomains,
  price,
  repair,
  review,
  spec,
  start,
  typeCode,
} from '@fettle/engine'
import { exportModel, importModel } from '@fettle/engine/formats'
import schema from '@fettle/engine/model.schema.json' with { type: 'json' }

const model = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { compiled } = compile(model)
const options = [...indexModel(model).options.keys()]

let state = start(compiled)
const answers = [schema.title, domains(state)]
for (let click = 0; click < 12; click++) {
  const wish = { option: options[(click * 7 + 3) % options.length], chosen: click % 3 !== 2 }
  const decided = decide(state, wish)
  answers.push(decided.status, explain(state, wish), repair(state, wish, { by: 'cheapest' }))
  if (decided.status === 'ok') state = decided.state
  answers.push([...optionDomains(state)])
}
const cheapest = complete(state, { goal: 'cheapest' })
const { selection } = cheapest
answers.push(
  cheapest,
  price(compiled, selection),
  bom(compiled, selection),
  spec(compiled, selection),
  typeCode(compiled, selection),
)
answers.push(check(compiled, selection), migrate(compiled, { decisions: state.decisions, selection }))
answers.push(count(counterOf(compiled, { steps: 1_000_000 }), state), review(compiled, { steps: 20_000 }))
const uvl = exportModel(model, 'uvl')
answers.push(uvl, importModel('model.uvl', uvl.text))

console.log(JSON.stringify(answers, (_, value) => (typeof value === 'bigint' ? `${value}` : value), 1))
