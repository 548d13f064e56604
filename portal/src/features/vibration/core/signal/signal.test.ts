import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bearingFrequencies } from './bearing.ts'
import { envelopeOf } from './envelope.ts'
import { fft, inverseFft } from './fft.ts'
import { shapeOf, velocityOf } from './measures.ts'
import { amplitudes, meanSquare, powerDensity, thinned } from './spectrum.ts'

const rate = 12_800
const sine = (amplitude: number, hertz: number, length = 16_384, phase = 0) =>
  Float64Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / rate + phase))
const sum = (...all: Float64Array[]) => all[0]!.map((_, i) => all.reduce((total, one) => total + one[i]!, 0))

const signals = fc
  .integer({ min: 0, max: 8 })
  .chain(power => fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2 ** power, maxLength: 2 ** power }))

test('the transform is the sum that defines it, keeps the energy, and leads back', () => {
  fc.assert(
    fc.property(signals, values => {
      const size = values.length
      const [re, im] = [Float64Array.from(values), new Float64Array(size)]
      fft(re, im)
      const k = Math.floor(size / 3)
      const direct = values.reduce(
        ([x, y], value, n) => {
          const angle = (-2 * Math.PI * k * n) / size
          return [x + value * Math.cos(angle), y + value * Math.sin(angle)] as [number, number]
        },
        [0, 0] as [number, number],
      )
      expect(re[k]).toBeCloseTo(direct[0], 6)
      expect(im[k]).toBeCloseTo(direct[1], 6)
      const energy = values.reduce((total, value) => total + value ** 2, 0)
      expect(re.reduce((total, value, i) => total + value ** 2 + im[i]! ** 2, 0) / size).toBeCloseTo(energy, 5)
      inverseFft(re, im)
      for (const [i, value] of values.entries()) expect(re[i]).toBeCloseTo(value, 8)
    }),
    { numRuns: 60 },
  )
})

test('a sine shows with its amplitude, and the density adds up to the mean square of what there is', () => {
  const shown = amplitudes(powerDensity(sine(3, 200 * (rate / 16_384)), rate))
  expect(shown.values[200]).toBeCloseTo(3, 6)
  expect(shown.step).toBe(0.78125)
  fc.assert(
    fc.property(fc.double({ min: 20, max: 6000, noNaN: true }), fc.double({ min: 0.1, max: 50, noNaN: true }), (hertz, size) => {
      const density = powerDensity(sine(size, hertz), rate)
      expect(meanSquare(density, 0, rate) / (size ** 2 / 2)).toBeCloseTo(1, 2)
    }),
    { numRuns: 20 },
  )
})

test('velocity comes from acceleration by integration from 10 to 1000 Hz, whatever the unit', () => {
  // a = 2πf·v: 4 mm/s of 80 Hz and 3 mm/s of 250 Hz are 5 mm/s root mean square together, what lies outside counts nothing
  const peak = (velocity: number, hertz: number) => (Math.SQRT2 * velocity * 2 * Math.PI * hertz) / 1000
  const acceleration = sum(sine(peak(4, 80), 80), sine(peak(3, 250), 250, 16_384, 1), sine(peak(9, 4), 4), sine(200, 3000))
  const density = powerDensity(acceleration, rate)
  expect(velocityOf(density, 'm/s²')).toBeCloseTo(5, 1)
  const inG = powerDensity(
    acceleration.map(value => value / 9.80665),
    rate,
  )
  expect(velocityOf(inG, 'g')).toBeCloseTo(velocityOf(density, 'm/s²'), 9)
  expect(velocityOf(powerDensity(sine(Math.SQRT2 * 2, 60), rate), 'mm/s')).toBeCloseTo(2, 2)
})

test('the shape of a sine is that of a sine, with or without a mean', () => {
  const { rms, peak, crest, kurtosis } = shapeOf(sine(2, 100).map(value => value + 7))
  expect([rms, peak, crest, kurtosis].map(value => Number(value.toFixed(2)))).toEqual([1.41, 2, 1.41, 1.5])
})

test('the envelope of what is modulated is the modulation, and other bands are not in it', () => {
  const ringing = sine(1, 3000).map((value, i) => value * (1 + 0.5 * Math.sin((2 * Math.PI * 50 * i) / rate)))
  const envelope = envelopeOf(sum(ringing, sine(20, 100)), rate, { from: 2500, to: 3500 })
  const shown = amplitudes(powerDensity(envelope, rate))
  expect(shown.values[Math.round(50 / shown.step)]).toBeCloseTo(0.5, 2)
  expect(shown.values[Math.round(100 / shown.step)]).toBeLessThan(0.01)
})

test('a bearing is rolled over as often as handbooks say', () => {
  // SKF 6205-2RS of the Case Western Reserve bearing data: multiples of the shaft as published there
  const bearing = { rollers: 9, rollerDiameter: 0.3126, pitchDiameter: 1.537, contactAngle: 0 }
  const { bpfo, bpfi, bsf, ftf } = bearingFrequencies(bearing, 1)
  expect([bpfo, bpfi, bsf, ftf].map(value => Number(value.toFixed(3)))).toEqual([3.585, 5.415, 4.713, 0.398])
})

test('fewer lines keep the peaks and where they are', () => {
  const spectrum = amplitudes(powerDensity(sine(3, 1000), rate))
  const fewer = thinned(spectrum, 500, 5000)
  expect(fewer.values.length).toBeLessThanOrEqual(500)
  const at = fewer.values.indexOf(Math.max(...fewer.values))
  expect(Math.abs(at * fewer.step - 1000)).toBeLessThanOrEqual(fewer.step)
  expect(Math.max(...fewer.values)).toBe(Math.max(...spectrum.values))
})
