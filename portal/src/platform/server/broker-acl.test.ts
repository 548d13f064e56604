import { expect, test } from 'vitest'
import { aclFormats, writeAcl } from './broker-acl.ts'

const device = '0199a000-0000-7000-8000-000000000001'
const acl = (format: (typeof aclFormats)[number]) => writeAcl(format, { portal: 'fettle', device })

test.each(aclFormats)('%s gives a device nothing but its prefix, the portal all of them', format => {
  const text = acl(format)
  expect(text).toContain('fettle')
  expect(text).not.toMatch(/undefined|\$\{(?!username|iot:)/)
  expect(text.endsWith('\n')).toBe(true)
})

test('RabbitMQ lets a device write what it says and bind to what is said to it, its own alone, and have its own queue', () => {
  const [queues, topics] = acl('rabbitmq')
    .split('\n')
    .filter(line => line.includes(`'${device}'`))
    .map(line => [...line.matchAll(/'([^']*)'/g)].map(([, text]) => text!))
  const [write, read] = topics!.slice(1).map(text => new RegExp(text))
  const keys: [key: string, written: boolean, heard: boolean][] = [
    [`fettle.${device}.readings`, true, false],
    [`fettle.${device}.down`, false, true],
    [`fettle.${device}.down.settings`, false, true],
    [`fettle.${device}.#`, true, false], // as a filter it is none that could be bound
    [`spBv1.0.g.NDATA.${device}`, true, false],
    [`spBv1.0.g.DDATA.${device}.table`, true, false],
    [`spBv1.0.g.NCMD.${device}`, false, true],
    [`spBv1.0.*.DCMD.${device}.#`, false, true],
    ...['#', 'fettle.#', `fettle.${device}x.y`, 'fettle.*.down', 'spBv1.0.#', `spBv1.0.g.NCMD.other.NDATA.${device}`].map(
      (key): [string, boolean, boolean] => [key, false, false],
    ),
  ]
  expect(keys.map(([key]) => [key, write!.test(key), read!.test(key)])).toEqual(keys)
  const queue = new RegExp(queues![1]!)
  expect(queue.test(`mqtt-subscription-${device}qos1`)).toBe(true)
  expect(queue.test('mqtt-subscription-anotherqos1')).toBe(false)
})

test('no broker lets a device write what the portal says to it', () => {
  const rights = (format: (typeof aclFormats)[number], pattern: RegExp) => acl(format).match(pattern)!.join('\n')
  const writing = {
    mosquitto: rights('mosquitto', /^pattern (write|readwrite) .*$/gm),
    emqx: rights('emqx', /^\{allow, all, (publish|all).*$/gm),
    nats: rights('nats', /allow: \[.*?\]/g),
  }
  for (const [broker, topics] of Object.entries(writing))
    expect([broker, topics]).toEqual([broker, expect.not.stringMatching(/down|CMD|#|>/)])
  const { devices } = JSON.parse(acl('aws-iot')) as Record<
    string,
    { Statement: { Effect: string; Action: unknown; Resource: string[] }[] }
  >
  const denied = devices!.Statement.find(({ Effect }) => Effect === 'Deny')!
  expect(denied.Action).toEqual(['iot:Publish', 'iot:RetainPublish'])
  for (const what of ['/down/*', 'spBv1.0/*/NCMD/*', 'spBv1.0/*/DCMD/*'])
    expect(denied.Resource.some(resource => resource.endsWith(what))).toBe(true)
})

test('the policies for AWS IoT Core are JSON, whose variable is the name of the thing', () => {
  const { devices, portal } = JSON.parse(acl('aws-iot')) as Record<
    string,
    { Statement: { Effect: string; Action: unknown; Resource: string[] }[] }
  >
  const resources = devices!.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Resource }) => Resource)
  expect(resources.every(one => one.includes('$' + '{iot:Connection.Thing.ThingName}'))).toBe(true)
  expect(portal!.Statement.flatMap(({ Resource }) => Resource)).toContain(
    'arn:aws:iot:REGION:ACCOUNT:topicfilter/$share/fettle/fettle/*',
  )
})
