import type { Register } from './mapping.ts'

/** Registers of one table that follow one another, read by one request. */
export interface Span {
  table: 'holding' | 'input'
  address: number
  count: number
  registers: Register[]
}

/** What one request may ask for (MODBUS Application Protocol 1.1b3, 6.3 and 6.4). */
const mostRegisters = 125

const lengthOf = ({ type }: Register): number => (['uint32', 'int32', 'float32'].includes(type) ? 2 : 1)

/** As few requests as there can be without reading what nobody named: a controller answers to that with an error for all of them. */
export function spansOf(registers: readonly Register[]): Span[] {
  const spans: Span[] = []
  for (const table of ['holding', 'input'] as const)
    for (const register of registers.filter(one => one.table === table).sort((a, b) => a.address - b.address)) {
      const last = spans.at(-1)
      const end = register.address + lengthOf(register)
      if (last?.table === table && register.address <= last.address + last.count && end - last.address <= mostRegisters) {
        last.count = Math.max(last.count, end - last.address)
        last.registers.push(register)
      } else spans.push({ table, address: register.address, count: lengthOf(register), registers: [register] })
    }
  return spans
}

/** The metrics of a span by what the controller answered; those without a value are left out. */
export function valuesIn({ address, registers }: Span, answer: Buffer): Record<string, number | boolean> {
  const values: Record<string, number | boolean> = {}
  for (const register of registers) {
    const { metric, type, scale, offset, unknown } = register
    const raw = rawOf(register, answer.subarray((register.address - address) * 2))
    if (typeof raw === 'boolean') values[metric] = raw
    else if (Number.isFinite(raw) && !unknown.includes(raw)) values[metric] = rounded(raw * scale + offset, type)
  }
  return values
}

function rawOf({ type, bit, words }: Register, at: Buffer): number | boolean {
  if (type === 'bit') return ((at.readUInt16BE() >> bit) & 1) === 1
  if (type === 'uint16') return at.readUInt16BE()
  if (type === 'int16') return at.readInt16BE()
  const whole = words === 'high-first' ? at : Buffer.concat([at.subarray(2, 4), at.subarray(0, 2)])
  if (type === 'uint32') return whole.readUInt32BE()
  return type === 'int32' ? whole.readInt32BE() : whole.readFloatBE()
}

/** 24.5 and not 24.500000000000004; a float of four bytes has some seven digits that mean something. */
const rounded = (value: number, type: Register['type']): number => Number(value.toPrecision(type === 'float32' ? 7 : 12))
