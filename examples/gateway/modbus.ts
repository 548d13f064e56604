import { connect, type Socket } from 'node:net'

const timeoutMs = 3000
const header = 7
const functions = { holding: 3, input: 4 } as const

/** What a controller answers instead of values (MODBUS Application Protocol 1.1b3, 7). */
const exceptions: Record<number, string> = {
  1: 'illegal function',
  2: 'illegal data address',
  3: 'illegal data value',
  4: 'server device failure',
  6: 'server device busy',
  10: 'gateway path unavailable',
  11: 'gateway target device failed to respond',
}

export interface ModbusClient {
  /** Bytes of registers, two each. One request at a time. Throws where the controller refuses, or does not answer within 3 s. */
  read(table: keyof typeof functions, address: number, count: number): Promise<Buffer>
  close(): void
}

/** A client of Modbus TCP. It connects with the first request, and again after whatever went wrong. */
export function modbusClient({ host, port, unit }: { host: string; port: number; unit: number }): ModbusClient {
  let socket: Socket | null = null
  let transaction = 0

  async function open(): Promise<Socket> {
    if (socket && !socket.destroyed) return socket
    const opening = connect({ host, port, noDelay: true, keepAlive: true })
    await new Promise<void>((resolve, reject) => {
      opening.once('connect', resolve)
      opening.once('error', reject)
      opening.setTimeout(timeoutMs, () => opening.destroy(new Error(`${host}:${port} cannot be reached within ${timeoutMs} ms`)))
    })
    opening.setTimeout(0)
    opening.on('error', () => {}) // a request that waits hears of it by `close`
    socket = opening
    return opening
  }

  return {
    async read(table, address, count) {
      const to = await open()
      transaction = (transaction + 1) % 65_536
      const request = Buffer.alloc(header + 5)
      request.writeUInt16BE(transaction, 0)
      request.writeUInt16BE(6, 4)
      request.writeUInt8(unit, 6)
      request.writeUInt8(functions[table], 7)
      request.writeUInt16BE(address, 8)
      request.writeUInt16BE(count, 10)
      try {
        to.write(request)
        return valuesOf(await answerOf(to, transaction), functions[table], count)
      } catch (error) {
        if (!(error instanceof ModbusRefusal)) to.destroy() // whatever comes now belongs to a request of before
        throw error
      }
    },
    close: () => void socket?.destroy(),
  }
}

class ModbusRefusal extends Error {}

/** The answer behind its header: unit, function, data. */
function answerOf(socket: Socket, transaction: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let read = Buffer.alloc(0)
    const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    const onData = (chunk: Buffer) => {
      read = Buffer.concat([read, chunk])
      if (read.length < header) return
      const length = read.readUInt16BE(4)
      if (read.readUInt16BE(0) !== transaction || read.readUInt16BE(2) !== 0 || length < 3 || length > 254)
        return end(new Error('the answer is none to what was asked'))
      if (read.length >= 6 + length) end(read.subarray(6, 6 + length))
    }
    const onClose = () => end(new Error('the connection was closed'))
    function end(result: Buffer | Error): void {
      clearTimeout(timer)
      socket.off('data', onData)
      socket.off('close', onClose)
      if (result instanceof Error) reject(result)
      else resolve(result)
    }
    socket.on('data', onData)
    socket.on('close', onClose)
  })
}

function valuesOf(answer: Buffer, asked: number, count: number): Buffer {
  const said = answer.readUInt8(1)
  if (said === (asked | 0x80)) throw new ModbusRefusal(exceptions[answer.readUInt8(2)] ?? `exception ${answer.readUInt8(2)}`)
  if (said !== asked || answer.readUInt8(2) !== count * 2 || answer.length !== 3 + count * 2)
    throw new Error('the answer is none to what was asked')
  return answer.subarray(3)
}
