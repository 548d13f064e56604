import { portalFilters } from './broker-topics.ts'

/** Brokers for which rights can be written down; see docs/guides/mqtt.md for how each takes them. */
export const aclFormats = ['mosquitto', 'emqx', 'nats', 'rabbitmq', 'aws-iot'] as const
export type AclFormat = (typeof aclFormats)[number]

/**
 * The rights of devices and of the portal in the words of a broker outside. A device is known there by its id: as name of its user, or
 * in its certificate; NATS and RabbitMQ have rights by user and are written for one device.
 * portal: name of the portal's user there. device: id of the device, where the format needs one
 */
export function writeAcl(format: AclFormat, { portal, device }: { portal: string; device: string }): string {
  return { mosquitto, emqx, nats, rabbitmq, 'aws-iot': aws }[format](portal, device)
}

/** mosquitto.conf(5): %u is the name of the user, which may come from the certificate (`use_identity_as_username`). */
const mosquitto = (portal: string) => `# Rights of Fettle for mosquitto: name this file as acl_file.
# A device has its id as user name, or in its certificate with use_identity_as_username true.
pattern readwrite fettle/%u/#
pattern readwrite spBv1.0/+/+/%u
pattern readwrite spBv1.0/+/+/%u/#

user ${portal}
topic readwrite fettle/#
topic readwrite spBv1.0/#
`

const emqx = (portal: string) => `%% Rights of Fettle for EMQX: acl.conf, with authorization.no_match = deny.
%% A device has its id as user name, or with peer_cert_as_username = cn in its certificate.
{allow, {user, "${portal}"}, all, ["fettle/#", "spBv1.0/#"]}.
{allow, all, all, ["fettle/\${username}/#", "spBv1.0/+/+/\${username}", "spBv1.0/+/+/\${username}/#"]}.
{deny, all}.
`

/**
 * Topics are subjects there: "/" is ".", "." is "//", "+" is "*", and "a/#" is both "a" and "a.>". Messages of QoS 1 come by $MQTT.sub.
 * https://docs.nats.io/running-a-nats-service/configuration/mqtt
 */
const nats = (portal: string, device: string) => `# Rights of Fettle for nats-server: one user for each device.
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
        publish: ["fettle.${device}.>", "spBv1//0.*.*.${device}", "spBv1//0.*.*.${device}.>"]
        subscribe: ["fettle.${device}", "fettle.${device}.>", "spBv1//0.*.*.${device}", "spBv1//0.*.*.${device}.>", "$MQTT.sub.>"]
      }
    }
  ]
}
`

/** Topics are routing keys there: "/" is ".". The queue of a session is named by the client id, so each has its own alone. */
const rabbitmq = (portal: string, device: string) => {
  const own = `^(fettle\\.${device}(\\..*)?|spBv1\\.0\\.[^.]+\\.[^.]+\\.${device}(\\..*)?)$`
  const rights = (user: string, session: string, topics: string) => {
    const queue = `mqtt-subscription-${session}qos[01]`
    return `rabbitmqctl set_permissions -p / '${user}' '^${queue}$' '^(${queue}|amq\\.topic)$' '^(${queue}|amq\\.topic)$'
rabbitmqctl set_topic_permissions -p / '${user}' amq.topic '${topics}' '${topics}'
`
  }
  return `# Rights of Fettle for RabbitMQ: two commands for each device, which has its id as client id too, and two for the portal.
${rights(device, device, own)}${rights(portal, 'fettle-.*', '^(fettle|spBv1\\.0)\\..*')}`
}

/** Two policies: for certificates of devices, whose thing is called by the device's id, and for the portal's. */
function aws(portal: string): string {
  const arn = (kind: string, name: string) => `arn:aws:iot:REGION:ACCOUNT:${kind}/${name}`
  const thing = '$' + '{iot:Connection.Thing.ThingName}'
  const own = [`fettle/${thing}/*`, `spBv1.0/*/*/${thing}`, `spBv1.0/*/*/${thing}/*`]
  const allow = (action: string | string[], resources: string[]) => ({ Effect: 'Allow', Action: action, Resource: resources })
  const devices = [
    allow('iot:Connect', [arn('client', thing)]),
    allow(
      ['iot:Publish', 'iot:Receive', 'iot:RetainPublish'],
      own.map(topic => arn('topic', topic)),
    ),
    allow(
      'iot:Subscribe',
      own.map(topic => arn('topicfilter', topic)),
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
