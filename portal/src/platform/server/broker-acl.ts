import { sparkplugTypes } from './broker.ts'
import { portalFilters } from './broker-topics.ts'

/** Brokers for which rights can be written down; see docs/guides/mqtt.md for how each takes them. */
export const aclFormats = ['mosquitto', 'emqx', 'nats', 'rabbitmq', 'aws-iot'] as const
export type AclFormat = (typeof aclFormats)[number]

/*
 * A device writes fettle/{id}/{one level} and Sparkplug's births, data and deaths; it hears fettle/{id}/down/… and Sparkplug's commands. What the portal
 * says to devices, none of them may write, not even to itself: it would be set to what it wishes, and nobody would know by whom.
 */
const births = sparkplugTypes.filter(type => type.startsWith('N'))
const deviceBirths = sparkplugTypes.filter(type => type.startsWith('D'))
const commands = ['NCMD', 'DCMD']

const written = (device: string) => [
  `fettle/${device}/+`,
  ...births.map(type => `spBv1.0/+/${type}/${device}`),
  ...deviceBirths.map(type => `spBv1.0/+/${type}/${device}/+`),
]
const heard = (device: string) => [`fettle/${device}/down/#`, ...commands.map(type => `spBv1.0/+/${type}/${device}/#`)]

/**
 * The rights of devices and of the portal in the words of a broker outside. A device is known there by its id: as name of its user, or
 * in its certificate; NATS and RabbitMQ have rights by user and are written for one device.
 * portal: name of the portal's user there. device: id of the device, where the format needs one
 */
export function writeAcl(format: AclFormat, { portal, device }: { portal: string; device: string }): string {
  return { mosquitto, emqx, nats, rabbitmq, 'aws-iot': aws }[format](portal, device)
}

/** It asks of messages, not of filters, so that what is written to `…/down` itself, as one level, is read by nobody. mosquitto.conf(5): %u is the name of the user, which may come from the certificate (`use_identity_as_username`). */
const mosquitto = (portal: string) => `# Rights of Fettle for mosquitto: name this file as acl_file.
# A device has its id as user name, or in its certificate with use_identity_as_username true.
${written('%u')
  .map(topic => `pattern write ${topic}`)
  .join('\n')}
${heard('%u')
  .map(topic => `pattern read ${topic.replace('/down/#', '/down/+/#')}`)
  .join('\n')}

user ${portal}
topic readwrite fettle/#
topic readwrite spBv1.0/#
`

const emqx = (portal: string) => {
  const user = '$' + '{username}'
  const list = (topics: string[]) => topics.map(topic => `"${topic}"`).join(', ')
  return `%% Rights of Fettle for EMQX: acl.conf, with authorization.no_match = deny.
%% A device has its id as user name, or with peer_cert_as_username = cn in its certificate.
{allow, {user, "${portal}"}, all, ["fettle/#", "spBv1.0/#"]}.
{deny, all, publish, ["fettle/${user}/down"]}.
{allow, all, publish, [${list(written(user))}]}.
{allow, all, subscribe, [${list(heard(user))}]}.
{deny, all}.
`
}

/**
 * Topics are subjects there: "/" is ".", "." is "//", "+" is "*", and "a/#" is both "a" and "a.>". Messages of QoS 1 come by $MQTT.sub.
 * https://docs.nats.io/running-a-nats-service/configuration/mqtt
 */
const nats = (portal: string, device: string) => {
  const subjects = (topics: string[]) =>
    topics
      .map(topic => topic.replaceAll('.', '//').replaceAll('/', '.').replaceAll('..', '//').replaceAll('+', '*'))
      .flatMap(subject => (subject.endsWith('.#') ? [subject.slice(0, -2), `${subject.slice(0, -1)}>`] : [subject]))
      .map(subject => `"${subject}"`)
      .join(', ')
  return `# Rights of Fettle for nats-server: one user for each device.
authorization {
  users = [
    {
      user: "${portal}", password: "$PORTAL_PASSWORD"
      permissions: {
        publish: ["fettle.>", "spBv1//0.>"]
        subscribe: ["fettle.>", "spBv1//0.>", "$MQTT.sub.>"]
      }
    }
    {
      user: "${device}", password: "$DEVICE_PASSWORD"
      permissions: {
        publish: { allow: [${subjects(written(device))}], deny: ["fettle.${device}.down"] }
        subscribe: [${subjects(heard(device))}, "$MQTT.sub.>"]
      }
    }
  ]
}
`
}

/** Topics are routing keys there: "/" is ".". The queue of a session is named by the client id, so each has its own alone. */
const rabbitmq = (portal: string, device: string) => {
  const level = '[^.]+'
  const says = `^(fettle\\.${device}\\.(?!down$)${level}|spBv1\\.0\\.${level}\\.((${births.join('|')})\\.${device}|(${deviceBirths.join('|')})\\.${device}\\.${level}))$`
  const hears = `^(fettle\\.${device}\\.down(\\..*)?|spBv1\\.0\\.${level}\\.(${commands.join('|')})\\.${device}(\\..*)?)$`
  const all = '^(fettle|spBv1\\.0)\\..*'
  const rights = (user: string, session: string, write: string, read: string) => {
    const queue = `mqtt-subscription-${session}qos[01]`
    return `rabbitmqctl set_permissions -p / '${user}' '^${queue}$' '^(${queue}|amq\\.topic)$' '^(${queue}|amq\\.topic)$'
rabbitmqctl set_topic_permissions -p / '${user}' amq.topic '${write}' '${read}'
`
  }
  return `# Rights of Fettle for RabbitMQ: two commands for each device, which has its id as client id too, and two for the portal.
${rights(device, device, says, hears)}${rights(portal, 'fettle-.*', all, all)}`
}

/** Two policies: for certificates of devices, whose thing is called by the device's id, and for the portal's. */
function aws(portal: string): string {
  const arn = (kind: string, name: string) => `arn:aws:iot:REGION:ACCOUNT:${kind}/${name}`
  const thing = '$' + '{iot:Connection.Thing.ThingName}'
  const says = written(thing).map(topic => topic.replaceAll('+', '*'))
  const hears = heard(thing)
    .flatMap(topic => [topic.slice(0, -2), topic])
    .map(topic => topic.replace(/[+#]/g, '*'))
  const allow = (action: string | string[], resources: string[]) => ({ Effect: 'Allow', Action: action, Resource: resources })
  const ofPortal = [`fettle/${thing}/down`, `fettle/${thing}/down/*`, ...commands.map(type => `spBv1.0/*/${type}/*`)]
  const publishing = ['iot:Publish', 'iot:RetainPublish']
  const topics = (names: string[]) => names.map(topic => arn('topic', topic))
  const devices = [
    allow('iot:Connect', [arn('client', thing)]),
    allow(publishing, topics(says)),
    { ...allow(publishing, topics(ofPortal)), Effect: 'Deny' }, // * is several levels there
    allow('iot:Receive', topics(hears)),
    allow(
      'iot:Subscribe',
      hears.map(topic => arn('topicfilter', topic)),
    ),
  ]
  const all = ['fettle/*', 'spBv1.0/*']
  const filters = portalFilters.flatMap(filter => [filter, `$share/fettle/${filter}`]).map(one => one.replace(/[+#].*/, '*'))
  const portals = [
    allow('iot:Connect', [arn('client', `${portal}-*`)]),
    allow(
      ['iot:Publish', 'iot:Receive'],
      all.map(topic => arn('topic', topic)),
    ),
    allow(
      'iot:Subscribe',
      [...new Set(filters)].map(filter => arn('topicfilter', filter)),
    ),
  ]
  const policy = (statements: object[]) => ({ Version: '2012-10-17', Statement: statements })
  return `${JSON.stringify({ devices: policy(devices), portal: policy(portals) }, null, 2)}\n`
}
