import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { deviceId, placeFile, tokenOf } from '../../../test/device-wire.ts'
import { freePort } from '../../../test/test-portal.ts'

const one = deviceId(1)
let child: ChildProcess | undefined
afterAll(async () => {
  const gone = new Promise(resolve => child?.once('exit', resolve))
  if (child?.kill('SIGKILL')) await gone
})

function start(port: number, file: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../../../test/broker-program.ts')
  const next = fork(program, [`${port}`, file], { execArgv: [] })
  return new Promise((resolve, reject) => {
    next.once('message', () => resolve(next))
    next.once('exit', code => reject(new Error(`the broker ended with ${code}`)))
  })
}

test('killed without warning again and again, it has acknowledged nothing that is not in the file', {
  timeout: 60_000,
}, async () => {
  const port = await freePort()
  const file = placeFile('killed.txt', '')
  child = await start(port, file)
  const device = connect(`mqtt://127.0.0.1:${port}`, {
    username: one,
    password: tokenOf(one),
    clientId: one,
    clean: false,
    protocolVersion: 4,
    reconnectPeriod: 20,
  })
  device.on('error', () => {})
  const acknowledged = new Set<string>()
  let [sent, underWay] = [0, 0]
  const feed = setInterval(() => {
    while (underWay < 50) {
      const text = `${sent++}`
      underWay++
      device.publish(`fettle/${one}/x`, text, { qos: 1 }, error => {
        underWay--
        if (!error) acknowledged.add(text)
      })
    }
  }, 2)
  for (let kills = 0; kills < 4; kills++) {
    const before = acknowledged.size
    while (acknowledged.size < before + 200) await new Promise(resolve => setTimeout(resolve, 5))
    const gone = new Promise(resolve => child!.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const known = [...acknowledged]
    const written = new Set(readFileSync(file, 'utf8').split('\n'))
    expect(known.filter(text => !written.has(text))).toEqual([])
    child = await start(port, file)
  }
  clearInterval(feed)
  while (underWay > 0) await new Promise(resolve => setTimeout(resolve, 5))
  device.end(true)
  const written = new Set(readFileSync(file, 'utf8').split('\n'))
  expect([...Array(sent).keys()].filter(n => !written.has(`${n}`))).toEqual([])
})
