// npm run test:scaled: what npm test runs, with PostgreSQL and mosquitto from outside and two portal processes. Arguments name stories: then only those are run.
import { join } from 'node:path'
import { buildWeb, childEnvironment, prepare, project, run } from './prepare.mjs'

const node = await prepare()
await buildWeb(node)
process.exitCode = await run(node, [join(project, 'portal/test/scaled/run.ts'), ...process.argv.slice(2)], {
  cwd: project,
  env: childEnvironment(node),
})
