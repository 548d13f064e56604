// A portal that takes an inquiry, says so from inside the listener named, after its work is done, and waits to be killed.
// Started by the test of killed inquiries.
import { features } from '../src/app/features.ts'
import { startPortal } from '../src/app/portal.ts'
import { createLog, readConfig, type ServerFeature } from '../src/platform/server/index.ts'

const [, , listenerName, inquiry] = process.argv

const hanging = features.map((feature): ServerFeature => {
  const listeners = feature.on?.['inquiry.submitted']
  if (!listeners) return feature
  const replaced = listeners.map(listener => {
    if (listener.name !== listenerName) return { ...listener, handle: () => new Promise<void>(() => {}) } // the other one never begins
    return {
      ...listener,
      async handle(...given: Parameters<typeof listener.handle>) {
        await listener.handle(...given)
        process.stdout.write('handled\n')
        await new Promise(() => {})
      },
    }
  })
  return { ...feature, on: { ...feature.on, 'inquiry.submitted': replaced } }
})
const portal = await startPortal(readConfig(process.env), { features: hanging, log: createLog('error') })
const answer = await portal.http.app.request('http://portal.test/api/v1/inquiries', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: inquiry!,
})
if (answer.status !== 201) throw new Error(await answer.text())
