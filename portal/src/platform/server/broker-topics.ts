import { type MessageToDevice, type SparkplugTopic, sparkplugTypes } from './broker.ts'

/*
 * Who may publish and subscribe where. A device has two prefixes: fettle/{device id}/ and, of Sparkplug B, the topics whose edge
 * node id is its device id. The branch fettle/{device id}/down/ and Sparkplug's commands are the portal's to write.
 */

export const deviceIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const longestTopic = 512
export const mostLevels = 12

/** Of a topic a device publishes to: whose it is, and what stands below the prefix. */
export type DeviceTopic = { deviceId: string; topic: string; sparkplug: SparkplugTopic | null }

/** null: no device may publish there. Topics the portal writes are none. */
export function readDeviceTopic(topic: string): DeviceTopic | null {
  if (topic.length > longestTopic || hasForbidden(topic)) return null
  const levels = topic.split('/')
  if (levels.length > mostLevels || levels.includes('')) return null
  if (levels[0] === 'fettle') return readPlain(levels)
  return levels[0] === 'spBv1.0' ? readSparkplug(levels) : null
}

function readPlain([, deviceId = '', ...below]: string[]): DeviceTopic | null {
  if (!deviceIdPattern.test(deviceId) || below.length === 0 || below[0] === 'down') return null
  return { deviceId, topic: below.join('/'), sparkplug: null }
}

function readSparkplug([, group = '', type = '', deviceId = '', device = null, ...more]: (string | null)[]): DeviceTopic | null {
  const known = sparkplugTypes.find(one => one === type)
  if (!known || !group || !deviceIdPattern.test(deviceId ?? '') || more.length > 0) return null
  if (known.startsWith('D') !== (device !== null)) return null
  return { deviceId: deviceId!, topic: '', sparkplug: { group, type: known, device } }
}

/** Whether the device may publish to the topic. */
export const mayPublish = (deviceId: string, topic: string): boolean => readDeviceTopic(topic)?.deviceId === deviceId

/** Whether every topic the filter matches is the device's own. */
export function maySubscribe(deviceId: string, filter: string): boolean {
  if (filter.length > longestTopic || filter.includes('\0')) return false
  const levels = filter.split('/')
  if (levels.length > mostLevels || !isFilter(levels)) return false
  if (levels[0] === 'fettle') return levels[1] === deviceId && levels.length > 2
  if (levels[0] !== 'spBv1.0' || levels.length < 4 || levels.length > 5) return false
  return levels[1] !== '#' && levels[2] !== '#' && levels[3] === deviceId
}

const isFilter = (levels: string[]) =>
  levels.every((level, i) => level !== '' && (level === '#' ? i === levels.length - 1 : level === '+' || !/[#+]/.test(level)))

/** What NUL and wildcards are in the name of a topic, and control characters that no log should meet. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const hasForbidden = (topic: string) => /[#+\u0000-\u001f\u007f]/.test(topic)

/** Whether the filter matches the topic (MQTT 3.1.1, 4.7). */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/')
  const levels = topic.split('/')
  for (const [i, level] of wanted.entries()) {
    if (level === '#') return true
    if (i >= levels.length || (level !== '+' && level !== levels[i])) return wanted[i] === '#'
  }
  return wanted.length === levels.length
}

/** The device a topic or filter below a prefix belongs to; null: none. */
export function ownerOf(topicOrFilter: string): string | null {
  const id = topicOrFilter.startsWith('fettle/') ? topicOrFilter.slice(7, 43) : sparkplugOwner(topicOrFilter)
  const end = topicOrFilter.startsWith('fettle/') ? topicOrFilter[43] : undefined
  return (end === undefined || end === '/') && deviceIdPattern.test(id) ? id : null
}

const sparkplugOwner = (topic: string) => (topic.startsWith('spBv1.0/') ? (topic.split('/', 4)[3] ?? '') : '')

/** Where a message to a device is published. Throws where the name has something that no topic has. */
export function topicToDevice({ deviceId, topic }: Pick<MessageToDevice, 'deviceId' | 'topic'>): string {
  const whole =
    typeof topic === 'string'
      ? `fettle/${deviceId}/down/${topic}`
      : ['spBv1.0', topic.group, topic.type, deviceId, ...(topic.device === undefined ? [] : [topic.device])].join('/')
  const levels = whole.split('/')
  if (ownerOf(whole) !== deviceId || hasForbidden(whole) || levels.includes('') || levels.length > mostLevels)
    throw new Error(`"${whole}" is no topic of a device`)
  return whole
}

/** What the portal subscribes to. */
export const portalFilters = ['fettle/+/#', ...sparkplugTypes.map(type => `spBv1.0/+/${type}/#`)] as const

/** What every process hears beside a shared subscription: by a shared one a broker hands out nothing that was retained before. */
export const presenceFilter = 'fettle/+/presence'
