import { compile, review } from '@fettle/engine'
import { exportModel, importModel } from '@fettle/engine/formats'

const lamp = `features
  Lamp
    mandatory
      Light
        alternative
          LED
          Halogen
    optional
      Battery
      Dimmer
      Charger
constraints
  Battery => LED
  Dimmer => Halogen
  Charger <=> Battery
  Charger => Dimmer
`

const broken = importModel('lamp.uvl', lamp.replace('Battery => LED', 'Battery => => LED'))
if (!broken.ok) for (const { path, message, remedy } of broken.errors) console.log(`${path} ${message.en}. ${remedy.en}.`)

const imported = importModel('lamp.uvl', lamp)
if (!imported.ok) throw new Error('The file cannot be read')
const result = compile(imported.model)
if (!result.ok) throw new Error('The rules contradict each other')

const { status, findings } = review(result.compiled)
console.log('Reviewed:', status)
for (const { code, message, rules } of findings) console.log(`${code}: ${message.en} [${rules.map(({ id }) => id).join(', ')}]`)

const written = exportModel(imported.model, 'dimacs')
if (written.ok) console.log(written.text.split('\n').find(line => line.startsWith('p cnf')))
