import { fft, inverseFft, powerOfTwoIn } from './fft.ts'
import { meanOf } from './spectrum.ts'

/**
 * How strong what lies in a band of frequencies is, moment by moment: the magnitude of the analytic signal (Hilbert transform) of the band alone. Impulses that
 * make something ring appear in it as often as they come. Of the record the longest power of two is used, and as long is the answer.
 * rate: samples a second; from, to: Hz
 */
export function envelopeOf(samples: ArrayLike<number>, rate: number, { from, to }: { from: number; to: number }): Float64Array {
  const size = powerOfTwoIn(samples.length)
  const mean = meanOf(samples)
  const [re, im] = [Float64Array.from({ length: size }, (_, i) => samples[i]! - mean), new Float64Array(size)]
  fft(re, im)
  for (let k = 0; k < size; k++) {
    const frequency = (k * rate) / size
    const gain = k > 0 && k < size / 2 && frequency >= from && frequency <= to ? 2 : 0
    re[k]! *= gain
    im[k]! *= gain
  }
  inverseFft(re, im)
  return re.map((value, i) => Math.hypot(value, im[i]!))
}
