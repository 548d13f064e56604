import { z } from 'zod'

const metric = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a key of the machine’s type: small letters, digits and _')
/** scale and offset: what is reported is value × scale + offset */
const scaled = { scale: z.number().default(1), offset: z.number().default(0) }

const register = z.strictObject({
  metric,
  /** holding: function 3; input: function 4 */
  table: z.enum(['holding', 'input']).default('holding'),
  /** as it goes over the wire, from 0: what a manual calls 40001 is 0 */
  address: z.number().int().min(0).max(65_535),
  type: z.enum(['uint16', 'int16', 'uint32', 'int32', 'float32', 'bit']).default('uint16'),
  /** of a bit: 0 is the lowest of the register */
  bit: z.number().int().min(0).max(15).default(0),
  /** of two registers: which one comes first */
  words: z.enum(['high-first', 'low-first']).default('high-first'),
  /** raw values by which the controller says that it knows none */
  unknown: z.array(z.number()).default([]),
  ...scaled,
})
export type Register = z.output<typeof register>

const modbus = z.strictObject({
  kind: z.literal('modbus'),
  host: z.string(),
  port: z.number().int().default(502),
  unit: z.number().int().min(0).max(255).default(1),
  /** seconds between two readings */
  every: z.number().min(0.2).default(10),
  registers: z.array(register).min(1),
})
export type ModbusSource = z.output<typeof modbus>

const item = z.strictObject({
  /** dataItemId or name of the agent’s data item */
  item: z.string(),
  metric,
  /** of words: which number each is; others are not reported */
  values: z.record(z.string(), z.number()).optional(),
  ...scaled,
})
export type Item = z.output<typeof item>

const mtconnect = z.strictObject({
  kind: z.literal('mtconnect'),
  /** of the device at the agent: http://192.168.10.30:5000/VMC-3Axis */
  url: z.url().transform(url => url.replace(/\/+$/, '')),
  /** seconds between two requests */
  every: z.number().min(0.2).default(2),
  /** seconds after which a value that did not change is reported again: it still holds */
  repeat: z.number().min(1).default(60),
  items: z.array(item).min(1),
})
export type MtconnectSource = z.output<typeof mtconnect>

const file = z.string().optional()
const machine = z
  .strictObject({
    /** as the machine’s page in the portal shows it */
    deviceId: z.uuid(),
    token: z.string().optional(),
    /** files in PEM: the machine’s certificate and key, instead of a token */
    cert: file,
    key: file,
    sources: z.array(z.discriminatedUnion('kind', [modbus, mtconnect])).min(1),
  })
  .refine(({ token, cert, key }) => token !== undefined || (cert !== undefined && key !== undefined), {
    error: 'it has neither a token nor cert and key',
  })

const mapping = z.strictObject({
  /** of the broker: mqtts://portal.example.com:8883 */
  portal: z.string(),
  /** file in PEM: who is believed to be the portal, where that is none of the authorities Node knows */
  ca: file,
  /** where readings wait until the portal has them */
  folder: z.string(),
  machines: z.array(machine).min(1),
})
export type Mapping = z.output<typeof mapping>

/** Reads a mapping file. Throws with every mistake and where it stands. */
export function readMapping(text: string): Mapping {
  const read = mapping.safeParse(JSON.parse(text))
  if (read.success) return read.data
  throw new Error(
    `The mapping cannot be used:\n${read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n')}`,
  )
}
