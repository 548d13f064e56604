/** A record of vibration at one measuring point. */
export interface Waveform {
  /** key of the point, as the machine's type has it */
  point: string
  at: Date
  /** samples a second; absent: as the type says */
  rate?: number
  /** 1/min; absent: nobody knows */
  speed?: number
  /** in the unit of the point ÷ its scale */
  samples: ArrayLike<number>
}

const headBytes = 32
const most = 32_767

/** As the portal reads it from `fettle/{id}/waveforms`: a head of 32 bytes, the key, samples as int16 by one factor. All little-endian. */
export function writeWaveform({ point, at, rate = 0, speed = Number.NaN, samples }: Waveform): Buffer {
  let highest = 0
  for (let i = 0; i < samples.length; i++) highest = Math.max(highest, Math.abs(samples[i]!))
  const factor = highest / most || 1
  const written = Buffer.alloc(headBytes + point.length + 2 * samples.length)
  written.write('FWV1', 0, 'ascii')
  written.writeUInt8(1, 4) // int16
  written.writeUInt8(point.length, 5)
  written.writeDoubleLE(at.getTime(), 8)
  written.writeFloatLE(rate, 16)
  written.writeFloatLE(speed, 20)
  written.writeFloatLE(factor, 24)
  written.writeUInt32LE(samples.length, 28)
  written.write(point, headBytes, 'ascii')
  for (let i = 0; i < samples.length; i++)
    written.writeInt16LE(Math.round(samples[i]! / factor), headBytes + point.length + 2 * i)
  return written
}
