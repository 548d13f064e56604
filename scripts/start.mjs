// npm start: from a fresh clone to a running portal. npm run dev: the same, reloading what changes.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, childEnvironment, prepare, project } from './prepare.mjs'

const wishes = process.argv.slice(2)
const development = wishes.includes('--dev')
const known = ['--empty', '--dev']
const unknown = wishes.find(wish => !known.includes(wish))
if (unknown) {
  console.error(
    `${unknown} is not known to npm start. It takes ${known[0]} (start without the demo); settings are environment variables, see docs/guides/configuration.md.`,
  )
  process.exit(1)
}

const node = await prepare()
if (!development) await buildWeb(node)

// The channel tells the portal when this process is gone, however that came about: it then stops too.
const watch = development
  ? [
      '--watch-path=portal/src/app',
      '--watch-path=portal/src/platform',
      '--watch-path=portal/src/features',
      '--watch-preserve-output',
    ]
  : []
const portal = spawn(node, [...watch, join(project, 'portal/src/app/main.ts'), ...wishes], {
  cwd: project,
  env: childEnvironment(node),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
})
portal.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))

process.on('SIGINT', () => {}) // Ctrl-C reaches the portal as well
process.on('SIGTERM', () => portal.kill('SIGTERM'))
process.on('SIGHUP', () => portal.kill('SIGTERM'))

// npm killed hard does not tell; it shows in who our ancestors are.
const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
const before = ancestors()
setInterval(() => {
  if (ancestors() !== before) portal.kill('SIGTERM')
}, 500).unref()

/** Between npm and this process stands a shell. @param {number} pid */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
  } catch {
    return '' // not Linux
  }
}
