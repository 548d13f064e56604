// npm run fettle -- <command>: the portal's command line.
import { join } from 'node:path'
import { childEnvironment, prepare, project, run } from './prepare.mjs'

const node = await prepare()
const cli = join(project, 'portal/src/app/cli.ts')
// paths count from where the person stands, not from the project
process.exitCode = await run(node, [cli, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: childEnvironment(node),
})
