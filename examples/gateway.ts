// node examples/gateway.ts mapping.json: reads controllers by Modbus TCP and MTConnect and reports to the portal. See examples/gateway/README.md.
import { readFile } from 'node:fs/promises'
import { runGateway } from './gateway/gateway.ts'
import { readMapping } from './gateway/mapping.ts'

const [file] = process.argv.slice(2)
if (!file) throw new Error('Name the mapping file: node examples/gateway.ts mapping.json')
const { stop } = await runGateway({
  mapping: readMapping(await readFile(file, 'utf8')),
  onTrouble: (source, error) => console.error(new Date().toISOString(), source, error.message),
  onGap: (source, what) => console.error(new Date().toISOString(), source, what),
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)))
