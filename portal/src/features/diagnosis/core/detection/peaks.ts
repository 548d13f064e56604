import { median, quantile } from './order.ts'

/** blocks that are remembered */
const most = 160
/** what is taken for the width before much is known, and how many stretches that counts for */
const priorWidth = 0.35
const priorWeight = 6

/** The highest values of something in stretches of time, so that a new one can be held against what is usual however the values hang together. */
export interface Peaks {
  block: number
  left: number
  high: number
  past: number[]
  middle: number
  width: number
}

export function newPeaks(block: number): Peaks {
  return { block, left: block, high: 0, past: [], middle: 0, width: 1 }
}

/** How far above the usual highest of a stretch it is, in widths of what is usual; nothing below three stretches. value: 0 or more */
export function above(peaks: Peaks, value: number, narrowest: number): number {
  const scaled = Math.log1p(value)
  const far = peaks.past.length < 3 ? 0 : (scaled - peaks.middle) / Math.max(peaks.width, narrowest)
  peaks.high = Math.max(peaks.high, scaled)
  if (--peaks.left <= 0) {
    peaks.past.push(peaks.high)
    if (peaks.past.length > most) peaks.past.shift()
    peaks.middle = median(peaks.past)
    // few stretches know little of how they vary: as if there were some more of a usual width
    const own = Math.max(quantile(peaks.past, 0.9) - peaks.middle, 0) / 1.28
    peaks.width = (own * peaks.past.length + priorWidth * priorWeight) / (peaks.past.length + priorWeight)
    peaks.high = 0
    peaks.left = peaks.block
  }
  return far
}
