// npm start: from a fresh clone to a running portal. npm run dev: the same, reloading what changes.
import { spawn } from 'node:child_process'
import { readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, childEnvironment, fail, prepare, project } from './prepare.mjs'

const wishes = process.argv.slice(2)
const development = wishes.includes('--dev')
const unknown = wishes.find(wish => !['--empty', '--dev'].includes(wish))
if (unknown) {
  fail(
    `${unknown} is not known to npm start. It takes --empty (start without the demo); settings are environment variables, see docs/guides/configuration.md.`,
  )
}

const node = await prepare()
if (!development) await buildWeb(node)

let portal = startPortal()
let stopping = false
let restarting = false

function startPortal() {
  // The channel tells the portal when this process is gone, however that came about: it then stops too.
  // React and its router come in two builds each; Vite takes the development ones, and there must be only one of each.
  const conditions = development ? ['--conditions=development'] : []
  const child = spawn(node, [...conditions, join(project, 'portal/src/app/main.ts'), ...wishes], {
    cwd: project,
    env: { ...childEnvironment(node), NODE_ENV: development ? 'development' : 'production' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  child.on('exit', (code, signal) => {
    if (restarting && !stopping) {
      restarting = false
      portal = startPortal()
    } else if (!development || stopping) process.exit(code ?? (signal ? 1 : 0))
    else console.log('The portal has ended; it starts again when a file changes.')
  })
  return child
}

process.on('SIGINT', () => {
  stopping = true // Ctrl-C reaches the portal as well
  if (hasEnded()) process.exit(0)
})
process.on('SIGTERM', stop)
process.on('SIGHUP', stop)

function stop() {
  stopping = true
  if (hasEnded()) process.exit(0)
  portal.kill('SIGTERM')
}

const hasEnded = () => portal.exitCode !== null || portal.signalCode !== null

// npm killed hard does not tell; it shows in who our ancestors are.
const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
const before = ancestors()
setInterval(() => {
  if (ancestors() !== before) stop()
}, 500).unref()

/** Between npm and this process stands a shell. @param {number} pid */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]
  } catch {
    return '' // not Linux
  }
}

if (development) watchServer()

/** Starts the portal again when its server side changes; Vite reloads the pages by itself. */
function watchServer() {
  let timer
  for (const folder of ['portal/src', 'portal/migrations', 'engine/src']) {
    watch(join(project, folder), { recursive: true }, (_, file) => {
      if (!file || /(^|[\\/])web[\\/]|\.test\.ts$|[~]$/.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        console.log(`${file} has changed; the portal starts again.`)
        if (hasEnded()) portal = startPortal()
        else {
          restarting = true
          portal.kill('SIGTERM')
        }
      }, 200)
    })
  }
}
