/** What the broker itself refuses of a machine. Words of all are shown at the machine; they are labels of a metric too, so there are few. */
export const wireRefusals = [
  /** a topic outside what the device may publish */
  'publish-topic',
  /** a filter outside what it may subscribe */
  'subscribe-topic',
  /** a will outside what it may publish */
  'will-topic',
  /** a packet over the bound */
  'too-large',
  /** no MQTT */
  'malformed',
  /** token or certificate is not what is known of the device */
  'sign-in',
  /** it failed to sign in, or came back, too often */
  'too-often',
  /** more subscriptions or retained messages than it may have */
  'too-many',
  /** it did not read what it subscribed to */
  'slow',
] as const
export type WireRefusal = (typeof wireRefusals)[number]

/** What features refuse of what it said. */
export const featureRefusals = [
  /** it came by a topic of its prefix that nobody reads */
  'unread-topic',
  /** it cannot be read */
  'payload',
  /** the device's type has no such metric, or takes it no more */
  'unknown-metric',
  /** no number */
  'type',
  /** beyond what the sensor can measure: it is the sensor that is wrong */
  'range',
  /** it cannot be of that time */
  'time',
  /** of Sparkplug: no birth said what it is */
  'unborn',
  /** a record of vibration with too few or too many samples */
  'length',
  /** one that was sampled otherwise than declared */
  'rate',
  /** one of one value alone: a sensor without signal */
  'flat',
  /** more than can be computed wait already */
  'backlog',
  /** it came before: it is kept, and once */
  'repeated',
  /** it says every time something else of what cannot change so often */
  'too-many-changes',
] as const
export type FeatureRefusal = (typeof featureRefusals)[number]
