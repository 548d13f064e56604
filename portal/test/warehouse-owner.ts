// Starts the embedded ClickHouse in the folder given, says where it is, and waits to be killed. Started by the warehouse test.
import { startEmbeddedWarehouse } from '../src/platform/server/warehouse-embedded.ts'

const { address, pid } = await startEmbeddedWarehouse(process.argv[2]!)
process.stdout.write(`${JSON.stringify({ address, pid: pid() })}\n`)
setInterval(() => {}, 1000)
