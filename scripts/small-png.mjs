// Makes a screenshot small: 256 colours at most, as a PNG with a palette. Flat pages lose nothing that an eye would see.
import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** @param {Buffer} png 8 bits per channel, RGB or RGBA, as browsers write it @returns {Buffer} the smaller of both */
export function smallPng(png) {
  const { width, height, pixels } = decode(png)
  const { palette, indexes } = quantize(pixels)
  const rows = Buffer.alloc(height * (width + 1)) // each row begins with its filter: none
  for (let y = 0; y < height; y++) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const made = Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(colour => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return made.length < png.length ? made : png
}

/** Pixels as 0xRRGGBB. */
function decode(png) {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = { 2: 3, 6: 4 }[png[25]]
  if (png[24] !== 8 || !channels) throw new Error('Only PNG with 8 bits per channel in RGB or RGBA can be made small')
  const parts = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const data = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = new Uint32Array(width * height)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    const row = data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1))
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? row[i - channels] : 0
      const corner = i >= channels ? above[i - channels] : 0
      row[i] += [0, left, above[i], (left + above[i]) >> 1, paeth(left, above[i], corner)][filter]
    }
    for (let x = 0; x < width; x++) {
      const i = x * channels
      pixels[y * width + x] = (row[i] << 16) | (row[i + 1] << 8) | row[i + 2]
    }
    above = row
  }
  return { width, height, pixels }
}

function paeth(left, above, corner) {
  const guess = left + above - corner
  const [byLeft, byAbove, byCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}

/** The most frequent colours, none too near to another; every pixel takes the nearest of them. */
function quantize(pixels) {
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const byCount = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a))
  const palette = []
  for (const apart of [48, 12, 0]) {
    for (const colour of byCount) {
      if (palette.length >= 256) break
      if (palette.every(taken => distance(taken, colour) > apart)) palette.push(colour)
    }
  }
  const nearest = new Map()
  const indexes = Buffer.alloc(pixels.length)
  for (let i = 0; i < pixels.length; i++) {
    const colour = pixels[i]
    let index = nearest.get(colour)
    if (index === undefined) {
      index = 0
      for (let at = 1; at < palette.length; at++) if (distance(palette[at], colour) < distance(palette[index], colour)) index = at
      nearest.set(colour, index)
    }
    indexes[i] = index
  }
  return { palette, indexes }
}

function distance(a, b) {
  const [r, g, blue] = [(a >> 16) - (b >> 16), ((a >> 8) & 255) - ((b >> 8) & 255), (a & 255) - (b & 255)]
  return 3 * r * r + 4 * g * g + 2 * blue * blue
}

function chunk(type, data) {
  const made = Buffer.alloc(data.length + 12)
  made.writeUInt32BE(data.length, 0)
  made.write(type, 4, 'latin1')
  data.copy(made, 8)
  made.writeUInt32BE(crc(made.subarray(4, data.length + 8)), data.length + 8)
  return made
}

function crc(bytes) {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return ~value >>> 0
}
