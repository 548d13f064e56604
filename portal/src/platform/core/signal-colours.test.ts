import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isColour, paletteWith, readableSignal, signalColours } from './signal-colours.ts'
import { contrast, palettes, shapePairs, textPairs } from './tokens.ts'

const colours = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

describe('the colours that follow from a signal colour', () => {
  test('of whatever colour: what is proposed can be read in every pair of both schemes, and is a colour', () => {
    fc.assert(
      fc.property(colours, colour => {
        const signal = readableSignal(colour)
        expect(isColour(signal)).toBe(true)
        for (const scheme of ['light', 'dark'] as const) {
          const palette = paletteWith(signal, scheme)
          expect(Object.values(signalColours(signal, scheme)).every(isColour)).toBe(true)
          const least = (pairs: typeof textPairs) =>
            Math.min(...pairs.map(([one, other]) => contrast(palette[one], palette[other])))
          expect(least(textPairs)).toBeGreaterThanOrEqual(4.5)
          expect(least(shapePairs)).toBeGreaterThanOrEqual(3)
        }
        expect(readableSignal(signal)).toBe(signal)
      }),
      { numRuns: 300 },
    )
  })

  test('the house’s orange and usual colours of firms are taken as they are', () => {
    for (const colour of [palettes.light.signal, '#005bac', '#00843d', '#c8102e', '#6d28d9', '#000000'])
      expect(readableSignal(colour)).toBe(colour)
  })

  test('what would vanish on the page is darkened in its hue', () => {
    for (const pale of ['#ffff00', '#ffffff', '#c8f7dc']) {
      const proposed = readableSignal(pale)
      expect(proposed).not.toBe(pale)
      expect(contrast(proposed, palettes.light.paper)).toBeGreaterThanOrEqual(2.5)
    }
  })

  test('writing on the colour is white where it is dark, ink where it is light', () => {
    expect(signalColours('#005bac', 'light').onSignal).toBe('#ffffff')
    expect(signalColours('#f0751a', 'light').onSignal).toBe(palettes.light.ink)
    expect(signalColours('#005bac', 'dark').onSignal).toBe(palettes.dark.onSignal)
  })

  test('without a choice the palette is the house’s own', () => {
    expect(paletteWith(null, 'light')).toBe(palettes.light)
  })
})
