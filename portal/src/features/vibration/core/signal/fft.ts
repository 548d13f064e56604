/**
 * Discrete Fourier transform in place, unscaled: X[k] = Σ x[n]·e^(−2πi·kn/N), by splitting in halves (Cooley and Tukey 1965).
 * re, im: N values each, N a power of two
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const size = re.length
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      ;[re[i], re[j]] = [re[j]!, re[i]!]
      ;[im[i], im[j]] = [im[j]!, im[i]!]
    }
  }
  for (let half = 1; half < size; half *= 2) {
    // turning factors of each length once, by cosine and sine: multiplying on would gather error
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      for (let a = k; a < size; a += 2 * half) {
        const b = a + half
        const [x, y] = [re[b]! * cos - im[b]! * sin, re[b]! * sin + im[b]! * cos]
        re[b] = re[a]! - x
        im[b] = im[a]! - y
        re[a]! += x
        im[a]! += y
      }
    }
  }
}

/** The way back, scaled by 1/N: after `fft` it gives what there was. */
export function inverseFft(re: Float64Array, im: Float64Array): void {
  fft(im, re)
  for (let i = 0; i < re.length; i++) {
    re[i]! /= re.length
    im[i]! /= re.length
  }
}

/** The greatest power of two that is not greater. count: 1 and more */
export const powerOfTwoIn = (count: number): number => 2 ** Math.floor(Math.log2(count))
