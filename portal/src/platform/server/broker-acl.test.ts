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

test('RabbitMQ lets a device write and bind to its own topics alone, and have its own queue', () => {
  const [queues, topics] = acl('rabbitmq')
    .split('\n')
    .filter(line => line.includes(`'${device}'`))
    .map(line => [...line.matchAll(/'([^']*)'/g)].map(([, text]) => text!))
  const own = new RegExp(topics![1]!)
  for (const key of [`fettle.${device}.x`, `fettle.${device}.#`, `spBv1.0.*.*.${device}`, `spBv1.0.g.NCMD.${device}.#`])
    expect([key, own.test(key)]).toEqual([key, true])
  for (const key of ['#', 'fettle.#', 'fettle.*.x', `fettle.${device}x.y`, 'spBv1.0.#', `*.${device}.x`])
    expect([key, own.test(key)]).toEqual([key, false])
  const queue = new RegExp(queues![1]!)
  expect(queue.test(`mqtt-subscription-${device}qos1`)).toBe(true)
  expect(queue.test('mqtt-subscription-anotherqos1')).toBe(false)
})

test('the policies for AWS IoT Core are JSON, whose variable is the name of the thing', () => {
  const { devices, portal } = JSON.parse(acl('aws-iot')) as Record<
    string,
    { Statement: { Action: unknown; Resource: string[] }[] }
  >
  const resources = devices!.Statement.flatMap(({ Resource }) => Resource)
  expect(resources.every(one => one.includes('$' + '{iot:Connection.Thing.ThingName}'))).toBe(true)
  expect(portal!.Statement.flatMap(({ Resource }) => Resource)).toContain(
    'arn:aws:iot:REGION:ACCOUNT:topicfilter/$share/fettle/fettle/*',
  )
})
