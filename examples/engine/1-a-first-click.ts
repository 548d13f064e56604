import { compile, decide, domains, start } from '@fettle/engine'
import { compressor } from './compressor.ts'

const result = compile(compressor)
if (!result.ok) throw new Error(result.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n'))

const before = start(result.compiled)
const clicked = decide(before, { option: 'm11', chosen: true })
if (clicked.status !== 'ok') throw new Error('An empty state takes any option that can be had')

for (const [id, { state }] of Object.entries(domains(clicked.state).options)) console.log(id.padEnd(6), state)

// A state never changes, so the one before the click is still there: that is undo.
console.log('Before the click a16 was', domains(before).options.a16?.state)
